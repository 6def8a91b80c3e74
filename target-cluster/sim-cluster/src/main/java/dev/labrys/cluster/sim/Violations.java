package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import dev.labrys.raft.ServerId;
import java.util.List;

/// Makes violations that bear the time and the seed they happened in.
final class Violations {
  private final Seed seed;
  private long nowNanos;

  Violations(Seed seed) {
    this.seed = seed;
  }

  /// What comes happens at `timeNanos`.
  void at(long timeNanos) {
    nowNanos = timeNanos;
  }

  /// A violation by `culprit`.
  // The annotation that is asked for is Error Prone's own, and would be a dependency.
  @SuppressWarnings("AnnotateFormatMethod")
  InvariantViolation of(Invariant invariant, ServerId culprit, String format, Object... values) {
    return between(invariant, List.of(culprit), format, values);
  }

  /// A violation that it takes several `servers` for.
  // The annotation that is asked for is Error Prone's own, and would be a dependency.
  @SuppressWarnings("AnnotateFormatMethod")
  InvariantViolation between(
      Invariant invariant, List<ServerId> servers, String format, Object... values) {
    return new InvariantViolation(invariant, servers, format.formatted(values), nowNanos, seed);
  }
}
