package dev.labrys.lab;

import java.util.ArrayList;
import java.util.List;

/// What became of many soak runs.
///
/// @param fingerprint of all of them, in order
/// @param longestRecoveryNanos the longest that a cluster took to work again
/// @param failures those that did not pass, the first ones if there are many
public record SoakSummary(
    int runs,
    SoakCounts counts,
    long fingerprint,
    long longestRecoveryNanos,
    List<SoakResult> failures) {
  private static final int MOST_FAILURES = 100;

  /// Of no run.
  public static final SoakSummary NONE = new SoakSummary(0, SoakCounts.NONE, 0, 0, List.of());

  public SoakSummary {
    failures = List.copyOf(failures);
  }

  /// With one more run.
  SoakSummary plus(SoakResult result) {
    List<SoakResult> all = new ArrayList<>(failures);
    if (!result.isPassed() && all.size() < MOST_FAILURES) {
      all.add(result);
    }
    long recovery =
        result.verdict() instanceof SoakVerdict.Passed(long nanos) ? nanos : longestRecoveryNanos;
    return new SoakSummary(
        runs + 1,
        counts.plus(result.counts()),
        31 * fingerprint + result.fingerprint(),
        Math.max(longestRecoveryNanos, recovery),
        all);
  }

  /// Whether all passed. No runs at all are no success.
  public boolean isPassed() {
    return runs > 0 && failures.isEmpty();
  }
}
