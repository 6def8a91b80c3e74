package dev.labrys.checker;

import java.util.Arrays;

/// The decisions of a [BlockSearch] and the configurations in which they were made.
final class Choices {
  int[] trailSize = new int[64];
  int[] front = new int[64];
  int[] value = new int[64];
  int[] begin = new int[64];

  /// Whether there is another way to go.
  boolean[] hasOther = new boolean[64];

  int size;

  void push(int newTrailSize, int newFront, int newValue, int newBegin, boolean other) {
    if (size == front.length) {
      trailSize = Arrays.copyOf(trailSize, 2 * size);
      front = Arrays.copyOf(front, 2 * size);
      value = Arrays.copyOf(value, 2 * size);
      begin = Arrays.copyOf(begin, 2 * size);
      hasOther = Arrays.copyOf(hasOther, 2 * size);
    }
    trailSize[size] = newTrailSize;
    front[size] = newFront;
    value[size] = newValue;
    begin[size] = newBegin;
    hasOther[size] = other;
    size++;
  }
}
