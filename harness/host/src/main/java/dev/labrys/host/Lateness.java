package dev.labrys.host;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// How late sleeps were: how many by less than 1 µs, 2 µs, 4 µs, and so on.
///
/// @param counts for each power of two; the last has all that is later
/// @param longestNanos the latest of all
public record Lateness(List<Long> counts, long longestNanos) {
  private static final int BUCKETS = 36;
  private static final long MICRO = 1_000;

  public Lateness {
    counts = List.copyOf(counts);
  }

  /// How many sleeps there were.
  public long samples() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /// What is in the bucket `index` is later than this, and at most twice as late.
  public static long floorNanos(int index) {
    return index == 0 ? 0 : MICRO << (index - 1);
  }

  /// No more than this share of all sleeps was later, as far as buckets tell.
  public long quantileNanos(double share) {
    long rest = (long) Math.ceil(samples() * share);
    for (int i = 0; i < counts.size(); i++) {
      rest -= counts.get(i);
      if (rest <= 0) {
        return Math.min(longestNanos, MICRO << i);
      }
    }
    return longestNanos;
  }

  /// Counts sleeps.
  static final class Counter {
    private final long[] counts = new long[BUCKETS];
    private long longest;

    void add(long nanos) {
      int bucket = 64 - Long.numberOfLeadingZeros(nanos / MICRO);
      counts[Math.min(bucket, BUCKETS - 1)]++;
      longest = Math.max(longest, nanos);
    }

    Lateness soFar() {
      int used = BUCKETS;
      while (used > 1 && counts[used - 1] == 0) {
        used--;
      }
      return new Lateness(LongStream.of(Arrays.copyOf(counts, used)).boxed().toList(), longest);
    }
  }
}
