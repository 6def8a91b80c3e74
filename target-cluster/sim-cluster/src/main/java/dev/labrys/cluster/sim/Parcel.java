package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.random.RandomGenerator;

/// A message that has just been sent, as a [Courier] sees it.
public final class Parcel {

  Parcel() {}

  /// The kind of the message.
  public MessageKind kind() {
    throw new UnsupportedOperationException();
  }

  /// The server that sent it, [ServerId#NOBODY] for a client.
  public ServerId from() {
    throw new UnsupportedOperationException();
  }

  /// The server it is for, [ServerId#NOBODY] for a client.
  public ServerId to() {
    throw new UnsupportedOperationException();
  }

  /// The randomness of this link.
  public RandomGenerator random() {
    throw new UnsupportedOperationException();
  }

  /// It arrives after `nanos`, whatever else is under way.
  public void arriveAfter(long nanos) {
    throw new UnsupportedOperationException();
  }

  /// It arrives after `nanos`, or right after what was sent earlier over the same link in order, if
  /// that is later: as with TCP.
  public void arriveInOrderAfter(long nanos) {
    throw new UnsupportedOperationException();
  }
}
