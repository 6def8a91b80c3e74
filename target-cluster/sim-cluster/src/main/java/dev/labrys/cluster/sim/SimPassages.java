package dev.labrys.cluster.sim;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.raft.ServerId;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Lets messages pass as somebody outside the simulation wants.
///
/// What is held on a way of bytes is lost here: a message is what a Raft sends again by itself, so
/// that only the copies of it differ that arrive after the way was opened.
final class SimPassages {
  static final String NO_PACKETS = "its network has messages, and no packets";

  private final SimNetwork network;
  private final Function<NodeId, ServerId> ids;

  SimPassages(SimNetwork network, Function<NodeId, ServerId> ids) {
    this.network = network;
    this.ids = ids;
  }

  /// Opens every way that `passages` does not name.
  void set(Map<Way, Passage> passages) {
    passages.keySet().forEach(this::check);
    network.usualWeather();
    for (ServerId from : network.servers()) {
      for (ServerId to : network.servers()) {
        if (!from.equals(to)) {
          network.heal(from, to);
        }
      }
      open(network.clientWay(from, ClientWay.To.SERVER));
      open(network.clientWay(from, ClientWay.To.CLIENTS));
    }
    passages.forEach(this::set);
  }

  private void check(Way way) {
    for (Party party : new Party[] {way.from(), way.to()}) {
      if (party instanceof Party.Member(NodeId node)) {
        Objects.requireNonNull(ids.apply(node));
      }
    }
  }

  private static void open(ClientWay way) {
    way.isCut = false;
    way.courier = null;
  }

  private void set(Way way, Passage passage) {
    switch (way) {
      case Way(Party.Member(NodeId from), Party.Member(NodeId to)) ->
          set(ids.apply(from), ids.apply(to), passage);
      case Way(Party.Clients _, Party.Member(NodeId to)) ->
          set(network.clientWay(ids.apply(to), ClientWay.To.SERVER), passage);
      case Way(Party.Member(NodeId from), Party.Clients _) ->
          set(network.clientWay(ids.apply(from), ClientWay.To.CLIENTS), passage);
      case Way(Party.Clients _, Party.Clients _) -> throw new IllegalStateException("" + way);
    }
  }

  private void set(ServerId from, ServerId to, Passage passage) {
    switch (passage) {
      case Passage.Shut _ -> network.cut(from, to);
      case Passage.Late late -> network.weather(from, to, courier(late));
      case Passage.Unreliable unreliable ->
          network.weather(from, to, new UnreliableCourier(unreliable));
      case Passage.Lossy _ -> throw new UnsupportedOperationException(NO_PACKETS);
    }
  }

  private static void set(ClientWay way, Passage passage) {
    way.isCut = passage instanceof Passage.Shut;
    way.courier =
        switch (passage) {
          case Passage.Shut _ -> null;
          case Passage.Late late -> courier(late);
          case Passage.Unreliable unreliable -> new UnreliableCourier(unreliable);
          case Passage.Lossy _ -> throw new UnsupportedOperationException(NO_PACKETS);
        };
  }

  private static Courier courier(Passage.Late late) {
    Delay delay =
        new Delay.Uniform(
            late.delayNanos() - late.jitterNanos(), late.delayNanos() + late.jitterNanos());
    return new Weather(delay, 0, 0, 0, Delay.NONE, Weather.Order.AS_SENT);
  }
}
