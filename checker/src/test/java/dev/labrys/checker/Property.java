package dev.labrys.checker;

import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a check against many seeds and names the smallest failing one.
///
/// Sizes grow from 1, so the first failure is already a small one. Re-run it alone with
/// `-Dproperty.seed=<seed> -Dproperty.size=<size>`.
final class Property {
  private static final RandomGeneratorFactory<RandomGenerator> RANDOMS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private Property() {}

  static void forAll(int runs, BiConsumer<RandomGenerator, Integer> check) {
    Long seed = Long.getLong("property.seed");
    if (seed != null) {
      check.accept(RANDOMS.create(seed), Integer.getInteger("property.size", 1));
      return;
    }
    for (int run = 1; run <= runs; run++) {
      attempt(run, run, check);
    }
  }

  private static void attempt(long seed, int size, BiConsumer<RandomGenerator, Integer> check) {
    try {
      check.accept(RANDOMS.create(seed), size);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "falsified: -Dproperty.seed=%d -Dproperty.size=%d".formatted(seed, size), failure);
    }
  }
}
