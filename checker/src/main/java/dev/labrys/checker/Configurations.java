package dev.labrys.checker;

import java.util.Arrays;

/// A list of configurations, kept in arrays that are reused.
final class Configurations {
  private int words;
  private long[] masks;
  int[] states = new int[8];
  int[][] used = new int[8][];
  int[] steps = new int[8];
  int size;

  /// Room for one mask, for the owner to work in.
  long[] scratch;

  Configurations(int words) {
    this.words = words;
    masks = new long[8 * words];
    scratch = new long[words];
  }

  void clear() {
    size = 0;
  }

  void add(long[] mask, int from, int state, int[] usedOptional, int step) {
    if (size == states.length) {
      masks = Arrays.copyOf(masks, 2 * masks.length);
      states = Arrays.copyOf(states, 2 * size);
      used = Arrays.copyOf(used, 2 * size);
      steps = Arrays.copyOf(steps, 2 * size);
    }
    System.arraycopy(mask, from, masks, size * words, words);
    states[size] = state;
    used[size] = usedOptional;
    steps[size] = step;
    size++;
  }

  /// Copies the mask of a configuration to the front of `target`.
  void load(int index, long[] target) {
    System.arraycopy(masks, index * words, target, 0, words);
  }

  /// The same configurations with room for more slots.
  Configurations widened(int newWords) {
    Configurations wide = new Configurations(newWords);
    for (int i = 0; i < size; i++) {
      long[] mask = new long[newWords];
      load(i, mask);
      wide.add(mask, 0, states[i], used[i], steps[i]);
    }
    return wide;
  }

  /// Forgets everything and makes room for more slots.
  void widen(int newWords) {
    words = newWords;
    masks = new long[states.length * newWords];
    scratch = new long[newWords];
    size = 0;
  }

  long bytes() {
    return 8L * masks.length + 16L * states.length;
  }
}
