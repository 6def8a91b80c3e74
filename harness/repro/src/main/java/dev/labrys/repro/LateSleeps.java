package dev.labrys.repro;

import java.util.random.RandomGenerator;

/// By how much sleeps take too long: drawn anew for each.
@FunctionalInterface
public interface LateSleeps {

  /// By how much the next one is late; 0 if it is on time.
  long drawNanos(RandomGenerator random);

  /// One sleep of `oneOf` takes so much too long, all others are on time.
  static LateSleeps rarely(long oneOf, long nanos) {
    if (oneOf < 1) {
      throw new IllegalArgumentException("one sleep of how many is late? Not of " + oneOf);
    }
    return random -> random.nextLong(oneOf) == 0 ? nanos : 0;
  }
}
