package dev.labrys.raft;

/// All that the log up to `last` amounts to (§7).
///
/// @param last the last entry that it replaces
/// @param configuration the cluster as of that entry
/// @param state the state machine's own account of itself
public record Snapshot(LogPosition last, Configuration configuration, Bytes state) {

  /// Where a cluster of `configuration` starts: no entry, and a state machine as it was made.
  public static Snapshot initial(Configuration configuration) {
    return new Snapshot(LogPosition.ZERO, configuration, Bytes.EMPTY);
  }
}
