package dev.labrys.raft;

/// What a server must remember beside its log (Figure 2): the latest term it has seen, and whom it
/// voted for in it.
public record HardState(long term, ServerId votedFor) {

  /// Of a server that has never run.
  public static final HardState INITIAL = new HardState(0, ServerId.NOBODY);
}
