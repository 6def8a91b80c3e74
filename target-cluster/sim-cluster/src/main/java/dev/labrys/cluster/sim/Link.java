package dev.labrys.cluster.sim;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One direction of the way between two endpoints.
final class Link implements Actor {
  final int from;
  final int to;
  final RandomGenerator random;
  private final SimNetwork network;
  private final Endpoint receiver;

  /// The one of the network, unless this link has its own.
  @Nullable Courier courier;

  boolean isCut;
  long messages;
  long bytes;

  /// When the last message that keeps its place will be there.
  private long lastInOrder;

  Link(SimNetwork network, int from, int to, Endpoint receiver, RandomGenerator random) {
    this.network = network;
    this.from = from;
    this.to = to;
    this.receiver = receiver;
    this.random = random;
  }

  /// Whether somebody is there to receive.
  boolean isAnswered() {
    return receiver.life() >= 0;
  }

  void arriveAt(long time, Object message) {
    network.agenda().plan(time, this, receiver.life(), message);
  }

  void arriveInOrderAt(long time, Object message) {
    lastInOrder = Math.max(time, lastInOrder);
    arriveAt(lastInOrder, message);
  }

  @Override
  public void act(long life, @Nullable Object message) {
    if (message == null) {
      throw new IllegalStateException("nothing was sent from %d to %d".formatted(from, to));
    }
    if (life != receiver.life()) {
      network.lose(this, message, Loss.RECEIVER_ENDED);
    } else if (!network.isOpen(this)) {
      network.lose(this, message, Loss.CUT);
    } else {
      receiver.receive(from, message);
    }
  }
}
