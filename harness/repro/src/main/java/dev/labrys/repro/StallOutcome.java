package dev.labrys.repro;

import dev.labrys.cluster.NodeId;
import dev.labrys.liveness.Asked;
import dev.labrys.liveness.Glimpse;
import dev.labrys.liveness.LivenessFailure;
import dev.labrys.liveness.LivenessVerdict;
import java.util.List;
import java.util.OptionalLong;

/// What became of a cluster whose leader stalled.
///
/// @param stalled who led, and stalled
/// @param entry where the command is in its log, and `term` in which it was put there
/// @param stalledNanos when the stall began, since the theatre was opened
/// @param healedNanos when the last fault was healed
/// @param tries how often the stage had to be set until the moment was right
/// @param asked the command, and what its client was told
/// @param glimpses what was seen, from before the stall on
public record StallOutcome(
    StallSetting setting,
    NodeId stalled,
    long entry,
    long term,
    long stalledNanos,
    long healedNanos,
    int tries,
    Asked asked,
    List<Remark> remarks,
    List<Glimpse> glimpses,
    LivenessVerdict verdict) {
  private static final double SECOND = 1e9;

  public StallOutcome {
    remarks = List.copyOf(remarks);
    glimpses = List.copyOf(glimpses);
  }

  /// Whether this is the bug: all is well, a leader lasts, and the command is not committed.
  public boolean isTheBug() {
    return verdict instanceof LivenessVerdict.Violated(LivenessFailure failure, String _)
        && failure == LivenessFailure.LEADER_WITHOUT_COMMIT;
  }

  /// How long after the last fault was healed the command was applied everywhere; empty if it never
  /// was.
  public OptionalLong recoveryNanos() {
    return verdict instanceof LivenessVerdict.Fine(NodeId _, long _, long nanos)
        ? OptionalLong.of(nanos)
        : OptionalLong.empty();
  }

  /// The verdict in a line.
  public String text() {
    return switch (verdict) {
      case LivenessVerdict.Violated(LivenessFailure failure, String reason) ->
          "liveness violation: entry %d not committed %.1f s after the last fault healed (%s: %s)"
              .formatted(entry, watchedNanos() / SECOND, failure, reason);
      case LivenessVerdict.Fine(NodeId leader, long leads, long nanos) ->
          "fine: entry %d applied everywhere %.2f s after the last fault healed (%s leads term %d)"
              .formatted(entry, nanos / SECOND, leader, leads);
      case LivenessVerdict.Undecided(String reason) -> "inconclusive: " + reason;
    };
  }

  /// For how long the cluster was watched after the last fault was healed.
  public long watchedNanos() {
    return glimpses.getLast().nanos() - healedNanos;
  }
}
