package dev.labrys.checker;

import java.util.Arrays;

/// Puts operations on a time line, from which their order is read. Of operations at the same time
/// the one placed first comes first.
///
/// Times are twice the positions of the journal, so that there is room between any two events.
final class Placement {
  private static final int INDEX_BITS = 31;

  private long[] keys;
  private int[] operations;
  private int size;

  Placement(int expected) {
    keys = new long[Math.max(8, expected)];
    operations = new int[keys.length];
  }

  /// The time of the event at `position`.
  static long at(int position) {
    return 2L * position;
  }

  void place(long time, int operation) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      operations = Arrays.copyOf(operations, 2 * size);
    }
    // An initial operation may stand at time -1, before all events.
    keys[size] = ((time + 1) << INDEX_BITS) | size;
    operations[size] = operation;
    size++;
  }

  int[] order() {
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = operations[(int) (sorted[i] & ((1L << INDEX_BITS) - 1))];
    }
    return order;
  }
}
