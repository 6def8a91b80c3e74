package dev.labrys.cluster;

/// What a node is doing, as far as the harness made it.
public enum NodeState {
  /// No process; what was written to disk is still there.
  STOPPED,
  /// Runs.
  RUNNING,
  /// Has a process that is not scheduled: it keeps its memory and its connections, and does
  /// nothing.
  PAUSED
}
