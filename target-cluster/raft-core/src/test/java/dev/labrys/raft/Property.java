package dev.labrys.raft;

import dev.labrys.history.Seed;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/// Runs a check with many seeds and names the first that fails.
///
/// Sizes grow from 1, so that is a small one. `-Dproperty.seed=N` runs it alone, and
/// `-Dproperty.runs=N` so many instead of the usual number.
final class Property {
  private Property() {}

  static void forAll(int runs, BiConsumer<RandomGenerator, Integer> check) {
    Long chosen = Long.getLong("property.seed");
    if (chosen != null) {
      check.accept(random(chosen), Math.toIntExact(chosen));
      return;
    }
    int last = Integer.getInteger("property.runs", runs);
    for (int run = 1; run <= last; run++) {
      try {
        check.accept(random(run), run);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("falsified: -Dproperty.seed=" + run, failure);
      }
    }
  }

  private static RandomGenerator random(long seed) {
    return new Seed(seed).stream("property");
  }
}
