package dev.labrys.lab;

import java.util.random.RandomGenerator;

/// Choices at random, the same on every JDK: of a generator, only `nextLong` is specified to the
/// bit.
final class Chance {
  private static final int THOUSAND = 1_000;

  private final RandomGenerator random;

  Chance(RandomGenerator random) {
    this.random = random;
  }

  /// A number from 0 up to, not including, `bound`.
  int below(int bound) {
    return (int) below(random, bound);
  }

  /// True `permille` times of a thousand.
  boolean permille(int permille) {
    return permille(random, permille);
  }

  static long below(RandomGenerator random, long bound) {
    return Math.unsignedMultiplyHigh(random.nextLong(), bound);
  }

  static boolean permille(RandomGenerator random, int permille) {
    return below(random, THOUSAND) < permille;
  }
}
