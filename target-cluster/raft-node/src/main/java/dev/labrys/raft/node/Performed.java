package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Message;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;

/// What came of performing effects, for the thread that talks to the server and to the network.
sealed interface Performed {

  /// The write would survive the loss of power.
  record Written(Effect.Persist write) implements Performed {}

  /// The message may go out now.
  record Free(ServerId to, Message message) implements Performed {}

  /// A request has its reply.
  record Replied(RequestId request, Reply reply) implements Performed {}

  /// The state machine has given an account of itself after the entry `index`.
  record Described(long index, Bytes state) implements Performed {}

  /// The state machine has been made what a snapshot says.
  record Restored(long index, int bytes) implements Performed {}
}
