package dev.labrys.cluster.process;

/// What processes are sent.
enum Signal {
  /// Stops them, until [#CONT].
  STOP,
  /// Lets them run on.
  CONT,
  /// Asks them to end.
  TERM,
  /// Ends them.
  KILL
}
