package dev.labrys.synthetic;

import java.util.List;
import java.util.random.RandomGenerator;

/// Draws from a stream of random bits.
///
/// Uses nothing of the generator but its bits, and StrictMath, so that the same seed gives the same
/// numbers on every Java version.
final class Dice {
  private final RandomGenerator bits;

  Dice(RandomGenerator bits) {
    this.bits = bits;
  }

  /// A number from 0 to `bound - 1`.
  int below(int bound) {
    return (int) (((bits.nextLong() >>> 32) * bound) >>> 32);
  }

  /// A number from 0 inclusive to 1 exclusive.
  double unit() {
    return (bits.nextLong() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /// An exponentially distributed number, at least 1.
  long around(long mean) {
    return 1 + (long) (-StrictMath.log(1 - unit()) * mean);
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      T swapped = list.set(below(i + 1), list.get(i));
      list.set(i, swapped);
    }
  }
}
