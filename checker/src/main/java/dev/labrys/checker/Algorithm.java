package dev.labrys.checker;

/// How a partition is decided.
public enum Algorithm {
  /// The special procedure if the history qualifies for one, else the searches in competition.
  AUTO,
  /// The searches in competition, no special procedure.
  SEARCH,
  /// Wing and Gong's depth-first search alone.
  DEPTH_FIRST,
  /// The one-pass frontier search alone.
  FRONTIER,
  /// The special procedure or nothing: *unknown* where none applies.
  SPECIAL
}
