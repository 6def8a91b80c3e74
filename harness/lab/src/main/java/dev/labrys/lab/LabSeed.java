package dev.labrys.lab;

import dev.labrys.history.Seed;
import java.util.List;
import java.util.Optional;

/// The number that a run of a test is made from, and made from again.
///
/// A number that was given out for a run also names its test, by its last 16 bits; so a seed alone
/// is enough to repeat what it came from.
public record LabSeed(long number) {
  private static final int TEST_BITS = 16;
  private static final long RUNS = 1L << 31;

  /// That of the run `run` of `test`, in a suite made from `root`.
  static LabSeed of(Seed root, LabTest test, int run) {
    long drawn = root.stream("lab/%s/%d".formatted(test.name(), run)).nextLong(RUNS);
    return new LabSeed(drawn << TEST_BITS | signOf(test));
  }

  /// The one of `tests` that this was given out for.
  public Optional<LabTest> testAmong(List<LabTest> tests) {
    long sign = number & ((1L << TEST_BITS) - 1);
    return tests.stream().filter(test -> signOf(test) == sign).findFirst();
  }

  static long signOf(LabTest test) {
    return new Seed(0).stream(test.name()).nextLong(1L << TEST_BITS);
  }

  Seed seed() {
    return new Seed(number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
