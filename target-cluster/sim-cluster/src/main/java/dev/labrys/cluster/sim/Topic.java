package dev.labrys.cluster.sim;

/// What a line of a trace is about.
public enum Topic {
  /// A server enters a term.
  TERM,
  /// A server votes.
  VOTE,
  /// Who leads, stands, or follows whom.
  LEAD,
  /// Where a log ends.
  LOG,
  /// What is known to be committed.
  COMMIT,
  /// What the state machine is told.
  APPLY,
  /// Snapshots taken, stored and restored.
  SNAP,
  /// Timers set and fired.
  TIMER,
  /// Messages sent, received and lost.
  NET,
  /// What is stored.
  DISK,
  /// Requests and their answers, calls and their outcomes.
  CLIENT,
  /// Servers that start and end, and everything else that goes wrong or is healed.
  FAULT
}
