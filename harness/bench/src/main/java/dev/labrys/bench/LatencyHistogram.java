package dev.labrys.bench;

import java.util.Arrays;

/// How long things took: counts by duration, each bucket less than one percent wide.
///
/// Up to 127 ns a bucket is a nanosecond; from there on, each doubling has 128 buckets. So memory
/// and precision don't depend on how many durations are counted, or on how long the longest is.
final class LatencyHistogram {
  private static final int BITS = 7;
  private static final int PER_DOUBLING = 1 << BITS;
  private static final int DOUBLINGS = Long.SIZE - 1 - BITS;

  private final long[] counts = new long[(DOUBLINGS + 1) * PER_DOUBLING];
  private long total;
  private long largest;

  void add(long nanos) {
    long duration = Math.max(0, nanos);
    counts[bucket(duration)]++;
    total++;
    largest = Math.max(largest, duration);
  }

  void clear() {
    Arrays.fill(counts, 0);
    total = 0;
    largest = 0;
  }

  private static int bucket(long nanos) {
    if (nanos < PER_DOUBLING) {
      return (int) nanos;
    }
    int doubling = Long.SIZE - Long.numberOfLeadingZeros(nanos) - BITS - 1;
    return ((doubling + 1) << BITS) + (int) (nanos >>> doubling) - PER_DOUBLING;
  }

  /// The longest duration that is counted in `bucket`.
  private static long end(int bucket) {
    if (bucket < PER_DOUBLING) {
      return bucket;
    }
    int doubling = (bucket >> BITS) - 1;
    long start = (long) (PER_DOUBLING + (bucket & (PER_DOUBLING - 1))) << doubling;
    return start + (1L << doubling) - 1;
  }

  long count() {
    return total;
  }

  long largest() {
    return largest;
  }

  /// A duration that `share` of all did not exceed, at most one percent too long.
  ///
  /// @param share from 0 to 1
  long quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(end(i), largest);
      }
    }
    return largest;
  }
}
