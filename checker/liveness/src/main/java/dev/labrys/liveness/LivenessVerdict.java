package dev.labrys.liveness;

import dev.labrys.cluster.NodeId;

/// Whether a cluster got on.
public sealed interface LivenessVerdict {

  /// It did all that was demanded.
  ///
  /// @param leader who led in the end
  /// @param nanos how long that took, from the moment the demand begins
  record Fine(NodeId leader, long term, long nanos) implements LivenessVerdict {}

  /// It did not, though it had the time.
  ///
  /// @param reason what was seen, in words
  record Violated(LivenessFailure failure, String reason) implements LivenessVerdict {}

  /// It was not watched for long enough, or not closely enough.
  ///
  /// @param reason why, in words
  record Undecided(String reason) implements LivenessVerdict {}
}
