package dev.labrys.cluster.sim;

import java.util.random.RandomGenerator;

/// Choices made by random bits, the same for the same bits on every JDK.
final class Dice {
  private static final int THOUSAND = 1_000;
  private static final double UNIT = 0x1p-53;

  private Dice() {}

  /// A number from 0 up to, not including, `bound`.
  static long below(RandomGenerator random, long bound) {
    return Math.unsignedMultiplyHigh(random.nextLong(), bound);
  }

  /// The same for an index.
  static int index(RandomGenerator random, int bound) {
    return (int) below(random, bound);
  }

  /// A number from `min` to `max`, both included.
  static long between(RandomGenerator random, long min, long max) {
    return min + below(random, max - min + 1);
  }

  /// True `permille` times of a thousand. Draws nothing if the answer is certain.
  static boolean permille(RandomGenerator random, int permille) {
    return permille > 0 && (permille >= THOUSAND || below(random, THOUSAND) < permille);
  }

  /// Exponentially distributed, 1 on average.
  static double exponential(RandomGenerator random) {
    return -StrictMath.log(((random.nextLong() >>> 11) + 1) * UNIT);
  }
}
