package dev.labrys.cluster;

import java.time.Duration;

/// Somebody who asks a system for one thing after the other: what one writes to test a system with
/// the workloads there are.
///
/// Used by one thread, which may be interrupted. Honesty about outcomes is all that matters here: a
/// connection that was refused before anything was sent is a failure; time that ran out after
/// something was sent is unknown. A client never sends a second time what may have arrived and
/// would then happen twice.
public interface Client extends AutoCloseable {

  /// Has `action` done, and waits for it. Whatever the system does, that is told by the reply.
  ///
  /// @param patience after which it is given up
  /// @throws UnsupportedOperationException if the system has nothing like the model of the action,
  ///   saying what it has
  Reply invoke(Action action, Duration patience);

  /// Ends its connections.
  @Override
  void close();

  /// Which node a client asks.
  enum Habit {
    /// Whichever leads, found by asking one after the other.
    LEADER,
    /// Its own, for all that this node can do by itself or with others' help.
    OWN_NODE
  }
}
