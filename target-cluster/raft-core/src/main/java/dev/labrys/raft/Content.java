package dev.labrys.raft;

/// What an entry of the log is for.
public sealed interface Content {

  /// Nothing: a leader's first entry, by which it learns what is committed (§8).
  record Noop() implements Content {}

  /// A command to the state machine, which alone understands it.
  record Command(Bytes bytes) implements Content {}

  /// The cluster from here on, in force as soon as it is in a server's log (§6).
  record Membership(Configuration configuration) implements Content {}
}
