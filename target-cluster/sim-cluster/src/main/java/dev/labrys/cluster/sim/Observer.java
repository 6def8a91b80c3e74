package dev.labrys.cluster.sim;

import dev.labrys.history.Event;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Stored;
import java.util.List;

/// Sees everything that happens in a simulation, as it happens, and changes nothing.
///
/// All times are those of the simulation, in nanoseconds since its start.
public interface Observer {

  /// A server has been started with what its disk holds.
  default void started(long timeNanos, ServerId server, Stored stored, Replica replica) {}

  /// A server was told something. None of `effects` has been performed yet.
  default void stepped(
      long timeNanos, ServerId server, Input input, List<Effect> effects, Replica replica) {}

  /// A server has performed `effect`: a write is stored, a message is on its way, an answer given.
  default void performed(long timeNanos, ServerId server, Effect effect) {}

  /// A server has ended, and forgotten all that its disk does not hold.
  default void crashed(long timeNanos, ServerId server) {}

  /// What a server has promised, by storing it.
  enum Promises {
    /// To have certain entries.
    LOG,
    /// That, and what it voted.
    ALL
  }

  /// A server that is down has not all that it had on its disk, and has leave to forget what it
  /// promised: somebody has seen to it.
  default void forgiven(long timeNanos, ServerId server, Promises promises) {}

  /// A message between servers does not arrive, not at all or not this time.
  default void lost(long timeNanos, ServerId from, ServerId to, Message message, Loss reason) {}

  /// A client writes `event` into the journal of the run.
  default void recorded(long timeNanos, Event event) {}

  /// Something went wrong or was healed by plan, in words.
  default void fault(long timeNanos, String what) {}
}
