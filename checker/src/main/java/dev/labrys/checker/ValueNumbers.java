package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.Arrays;

/// Numbers values in the order in which they are first seen. Procedures that are linear otherwise
/// spend most of their time here, waiting for memory: so a look at this hash table touches one
/// place, and the values themselves only where the hashes agree.
final class ValueNumbers {
  private static final int SMALLEST = 8;
  private static final int LARGEST = 1 << 20;
  private static final long HASH = 0xffff_ffff_0000_0000L;

  /// The hash of a value above, its number plus one below; zero where there is none.
  private long[] slots;

  private Value[] values;
  private int size;

  /// @param expected how many values will be asked for, if half of them are different
  ValueNumbers(int expected) {
    int capacity = Integer.highestOneBit(Math.clamp(expected, SMALLEST, LARGEST));
    slots = new long[2 * capacity];
    values = new Value[capacity];
  }

  /// The number of `value`, a new one if it was not seen before.
  int number(Value value) {
    long hash = (long) value.hashCode() << 32;
    int mask = slots.length - 1;
    int i = (int) (hash >>> 32) & mask;
    for (long slot = slots[i]; slot != 0; slot = slots[i]) {
      int number = (int) slot - 1;
      if ((slot & HASH) == hash && values[number].equals(value)) {
        return number;
      }
      i = (i + 1) & mask;
    }
    slots[i] = hash | (size + 1);
    return add(value);
  }

  private int add(Value value) {
    if (size == values.length) {
      // Half as many values as slots, so that a look is short.
      values = Arrays.copyOf(values, 2 * size);
      grow();
    }
    values[size] = value;
    size++;
    return size - 1;
  }

  Value value(int number) {
    return values[number];
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length - 1;
    for (long slot : old) {
      if (slot != 0) {
        int i = (int) (slot >>> 32) & mask;
        while (slots[i] != 0) {
          i = (i + 1) & mask;
        }
        slots[i] = slot;
      }
    }
  }
}
