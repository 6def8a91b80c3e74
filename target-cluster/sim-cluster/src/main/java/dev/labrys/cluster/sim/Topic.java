package dev.labrys.cluster.sim;

/// What a line of a trace is about.
public enum Topic {
  TERM,
  VOTE,
  LEAD,
  LOG,
  COMMIT,
  APPLY,
  SNAP,
  TIMER,
  NET,
  DISK,
  CLIENT,
  FAULT
}
