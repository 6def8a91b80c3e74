package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.random.RandomGenerator;

/// A message that has just been sent, as a [Courier] sees it.
///
/// There is one for each network, and it is filled again for every message.
public final class Parcel {
  private final SimNetwork network;
  private Link link;
  private Object message;
  private MessageKind kind;
  private int copies;

  Parcel(SimNetwork network, Link link) {
    this.network = network;
    this.link = link;
    this.message = "";
    this.kind = MessageKind.REQUEST_VOTE;
  }

  /// Lets `courier` carry a message.
  ///
  /// @return how many times it will arrive
  int carry(Courier courier, Link over, Object what, MessageKind ofKind) {
    link = over;
    message = what;
    kind = ofKind;
    copies = 0;
    courier.carry(this);
    message = "";
    return copies;
  }

  public MessageKind kind() {
    return kind;
  }

  /// The server that sent it, [ServerId#NOBODY] for a client.
  public ServerId from() {
    return network.serverAt(link.from);
  }

  /// The server it is for, [ServerId#NOBODY] for a client.
  public ServerId to() {
    return network.serverAt(link.to);
  }

  /// The randomness of this link.
  public RandomGenerator random() {
    return link.random;
  }

  /// It arrives after `nanos`, whatever else is under way.
  public void arriveAfter(long nanos) {
    copies++;
    link.arriveAt(network.agenda().now() + nanos, message);
  }

  /// It arrives after `nanos`, or right after what was sent earlier over the same link in order, if
  /// that is later: as with TCP.
  public void arriveInOrderAfter(long nanos) {
    copies++;
    link.arriveInOrderAt(network.agenda().now() + nanos, message);
  }
}
