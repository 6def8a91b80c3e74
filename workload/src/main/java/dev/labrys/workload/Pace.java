package dev.labrys.workload;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// When the next action is due, as a value. See [Generator#paced].
///
/// A pace counts from when actions were due, not from when they were given out: who is late catches
/// up.
@FunctionalInterface
public interface Pace {

  /// After the action that was due at `dueNanos`.
  Due after(long dueNanos, RandomGenerator random);

  /// When the next action is due, and how it goes on then.
  record Due(long dueNanos, Pace rest) {}

  /// So many in each second, evenly.
  static Pace fixed(double perSecond) {
    long gap = gap(perSecond);
    return new Pace() {
      @Override
      public Due after(long dueNanos, RandomGenerator random) {
        return new Due(dueNanos + gap, this);
      }
    };
  }

  /// So many in each second on average, at moments that have nothing to do with each other: a
  /// Poisson process.
  static Pace poisson(double perSecond) {
    long mean = gap(perSecond);
    return new Pace() {
      @Override
      public Due after(long dueNanos, RandomGenerator random) {
        return new Due(dueNanos + (long) (-mean * Math.log(1 - random.nextDouble())), this);
      }
    };
  }

  /// With gaps between nothing and twice `meanNanos`, all as likely.
  static Pace staggered(long meanNanos) {
    requirePositive(meanNanos);
    return new Pace() {
      @Override
      public Due after(long dueNanos, RandomGenerator random) {
        return new Due(dueNanos + random.nextLong(2 * meanNanos), this);
      }
    };
  }

  /// `size` at once, every `everyNanos`.
  static Pace bursts(int size, long everyNanos) {
    requirePositive(size);
    requirePositive(everyNanos);
    return burst(size, everyNanos, size);
  }

  private static Pace burst(int size, long everyNanos, int left) {
    return (dueNanos, _) ->
        left > 1
            ? new Due(dueNanos, burst(size, everyNanos, left - 1))
            : new Due(dueNanos + everyNanos, burst(size, everyNanos, size));
  }

  /// So many in each second at first, and so many more after each `everyNanos`.
  static Pace stairs(double perSecond, double more, long everyNanos) {
    gap(perSecond);
    requirePositive(everyNanos);
    if (more < 0) {
      throw new IllegalArgumentException("stairs lead up, not by " + more);
    }
    return new Pace() {
      @Override
      public Due after(long dueNanos, RandomGenerator random) {
        long step = dueNanos / everyNanos;
        return new Due(dueNanos + gap(perSecond + more * step), this);
      }
    };
  }

  private static long gap(double perSecond) {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("a rate is above zero, not " + perSecond);
    }
    return Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
  }

  private static void requirePositive(long number) {
    if (number < 1) {
      throw new IllegalArgumentException("at least 1, not " + number);
    }
  }
}
