package dev.labrys.cluster.sim;

import java.util.random.RandomGenerator;

/// How long something takes: a distribution of times.
public sealed interface Delay {

  /// No time at all.
  Delay NONE = new Fixed(0);

  /// One delay.
  long draw(RandomGenerator random);

  /// Always as long.
  record Fixed(long nanos) implements Delay {
    public Fixed {
      demand(nanos >= 0, "a delay is not negative: %d ns", nanos, nanos);
    }

    @Override
    public long draw(RandomGenerator random) {
      return nanos;
    }

    @Override
    public String toString() {
      return millis(nanos) + " ms";
    }
  }

  /// Any time between the two, both included, equally likely.
  record Uniform(long minNanos, long maxNanos) implements Delay {
    public Uniform {
      demand(
          0 <= minNanos && minNanos <= maxNanos,
          "a delay is from some time to no less: %d to %d ns",
          minNanos,
          maxNanos);
    }

    @Override
    public long draw(RandomGenerator random) {
      return Dice.between(random, minNanos, maxNanos);
    }

    @Override
    public String toString() {
      return millis(minNanos) + " to " + millis(maxNanos) + " ms";
    }
  }

  /// `minNanos` and a while more, `meanNanos` on average, mostly less and sometimes much more, but
  /// never above `maxNanos` in all.
  record LongTail(long minNanos, long meanNanos, long maxNanos) implements Delay {
    public LongTail {
      demand(
          0 <= minNanos && minNanos <= maxNanos,
          "a delay is from some time to no less: %d to %d ns",
          minNanos,
          maxNanos);
      demand(meanNanos > 0, "the mean is positive: %d ns", meanNanos, meanNanos);
    }

    @Override
    public long draw(RandomGenerator random) {
      return Math.min(maxNanos, minNanos + (long) (meanNanos * Dice.exponential(random)));
    }

    @Override
    public String toString() {
      return MessageText.say(
          "%s ms and about %s ms more, %s ms at most",
          millis(minNanos), millis(meanNanos), millis(maxNanos));
    }
  }

  private static String millis(long nanos) {
    return MessageText.millis(nanos);
  }

  private static void demand(boolean holds, String message, long first, long second) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(first, second));
    }
  }
}
