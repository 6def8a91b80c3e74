package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A partition in the form in which searches read it: plain arrays, calls by number, and a *slot*
/// for each required operation.
///
/// When operations are linearized one after another, the operation that returns first among those
/// left – the *front* – bounds what may come next: only what was called before the front returns.
/// So everything that returned before the front is linearized, everything called after it is not,
/// and a configuration is the front, one bit for each operation open at that moment, and the state.
/// Slots number the open operations with numbers that are free again once an operation has
/// returned; their count is the concurrency of the history, not its length.
final class SearchSpace {
  /// Operations, in order of call.
  final int size;

  /// Where each operation was called, and by when it must have taken effect.
  final int[] callAt;

  final int[] returnAt;

  /// The number of each operation's call; equal calls have equal numbers.
  final int[] callClass;

  final Call[] classes;
  final boolean[] isReadOnly;
  final boolean[] isReset;

  /// Whether there is any reset.
  final boolean hasResets;

  /// The required operations in order of return, and each one's place in that order.
  final int[] byReturn;

  final int[] rank;
  final int[] slot;

  /// How many `long`s the bits of all slots need.
  final int words;

  /// Whether two required operations have equal calls.
  final boolean hasTwins;

  /// The optional operations: for each of their call classes, its operations in order of call. They
  /// are interchangeable, so the earliest is always used first.
  final int[][] optional;

  SearchSpace(Partition partition, Model<?> model) {
    size = partition.size();
    callAt = new int[size];
    returnAt = new int[size];
    callClass = new int[size];
    Map<Call, Integer> numbers = new HashMap<>(2 * size);
    List<Call> distinct = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      callAt[i] = partition.callAt(i);
      returnAt[i] = partition.returnAt(i);
      Call call = partition.call(i);
      Integer number = numbers.putIfAbsent(call, distinct.size());
      if (number == null) {
        number = distinct.size();
        distinct.add(call);
      }
      callClass[i] = number;
    }
    classes = distinct.toArray(new Call[0]);
    isReadOnly = new boolean[classes.length];
    isReset = new boolean[classes.length];
    boolean anyReset = false;
    for (int i = 0; i < classes.length; i++) {
      isReadOnly[i] = model.isReadOnly(classes[i]);
      isReset[i] = model.isReset(classes[i]);
      anyReset |= isReset[i];
    }
    hasResets = anyReset;
    byReturn = byReturn(partition);
    rank = new int[size];
    for (int i = 0; i < byReturn.length; i++) {
      rank[byReturn[i]] = i;
    }
    slot = new int[size];
    words = (assignSlots() + 63) >>> 6;
    hasTwins = byReturn.length > countRequiredClasses();
    optional = optionalByClass();
  }

  private static int[] byReturn(Partition partition) {
    long[] keys = new long[partition.required()];
    int count = 0;
    for (int i = 0; i < partition.size(); i++) {
      if (partition.isRequired(i)) {
        keys[count++] = ((long) partition.returnAt(i) << 32) | i;
      }
    }
    Arrays.sort(keys);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private int assignSlots() {
    int[] free = new int[byReturn.length];
    int freeCount = 0;
    int slots = 0;
    int returned = 0;
    for (int i = 0; i < size; i++) {
      if (returnAt[i] == Operation.NEVER) {
        continue;
      }
      while (returnAt[byReturn[returned]] < callAt[i]) {
        free[freeCount++] = slot[byReturn[returned++]];
      }
      slot[i] = freeCount > 0 ? free[--freeCount] : slots++;
    }
    return slots;
  }

  private int countRequiredClasses() {
    boolean[] seen = new boolean[classes.length];
    int count = 0;
    for (int operation : byReturn) {
      if (!seen[callClass[operation]]) {
        seen[callClass[operation]] = true;
        count++;
      }
    }
    return count;
  }

  private int[][] optionalByClass() {
    int[] counts = new int[classes.length];
    for (int i = 0; i < size; i++) {
      if (!isRequired(i)) {
        counts[callClass[i]]++;
      }
    }
    int[] group = new int[classes.length];
    int groups = 0;
    for (int i = 0; i < classes.length; i++) {
      group[i] = counts[i] > 0 ? groups++ : -1;
    }
    int[][] byClass = new int[groups][];
    int[] filled = new int[groups];
    for (int i = 0; i < size; i++) {
      if (!isRequired(i)) {
        int g = group[callClass[i]];
        if (byClass[g] == null) {
          byClass[g] = new int[counts[callClass[i]]];
        }
        byClass[g][filled[g]++] = i;
      }
    }
    return byClass;
  }

  boolean isRequired(int operation) {
    return returnAt[operation] != Operation.NEVER;
  }

  /// How many operations must be linearized.
  int required() {
    return byReturn.length;
  }

  /// A guess at what the arrays weigh.
  long bytes() {
    return 28L * size + 64L * classes.length;
  }
}
