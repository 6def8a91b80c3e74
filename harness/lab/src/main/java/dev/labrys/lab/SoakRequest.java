package dev.labrys.lab;

import dev.labrys.raft.RaftOptions;

/// Something that somebody wants of the cluster in a soak run, beside what clients want, and at
/// times that are as bad as any.
public enum SoakRequest {
  /// Some commands at once, of all servers: so that the logs of leaders part.
  BURST,
  /// A snapshot where none is due.
  SNAPSHOT,
  /// Another leader.
  TRANSFER,
  /// Other servers as the cluster.
  CHANGE_MEMBERSHIP;

  /// Whether a correct cluster of this kind can be expected to do it and go on.
  boolean isFair(int servers, RaftOptions raft) {
    return switch (this) {
      case BURST, SNAPSHOT -> true;
      case TRANSFER -> servers > 1;
      // Without these, a server that was removed and does not know disturbs the others for ever.
      case CHANGE_MEMBERSHIP -> servers > 1 && (raft.hasPreVote() || raft.hasCheckQuorum());
    };
  }
}
