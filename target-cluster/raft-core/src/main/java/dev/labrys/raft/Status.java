package dev.labrys.raft;

/// What can be seen of a server from outside.
///
/// @param leader whom it takes for the leader of its term
/// @param commitIndex the last entry it knows to be committed
/// @param lastApplied the last entry it gave to its state machine
/// @param last where its log ends
/// @param configuration the cluster as its log says
public record Status(
    ServerId id,
    RoleName role,
    long term,
    ServerId votedFor,
    ServerId leader,
    long commitIndex,
    long lastApplied,
    LogPosition last,
    Configuration configuration) {

  /// What a server is in its term.
  public enum RoleName {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
  }
}
