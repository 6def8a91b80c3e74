package dev.labrys.raft.node;

import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import java.util.Map;
import java.util.TreeMap;

/// The ways to all servers whose address this one has been told.
final class PeerLinks implements Timed {
  private final NodeOptions options;
  private final PeerPort.Whereabouts self;
  private final Reactor reactor;
  private final Dialer dialer;
  private final NodeLog log;
  private final Map<ServerId, PeerLink> links = new TreeMap<>();

  /// @param self where clients find this server
  PeerLinks(
      NodeOptions options, PeerPort.Whereabouts self, Reactor reactor, Dialer dialer, NodeLog log) {
    this.options = options;
    this.self = self;
    this.reactor = reactor;
    this.dialer = dialer;
    this.log = log;
  }

  /// From now on, `peer` is reached at `address`.
  void tell(ServerId peer, HostPort address) {
    PeerLink link = links.get(peer);
    if (link == null) {
      links.put(peer, open(peer, address));
    } else {
      link.move(address);
    }
  }

  private PeerLink open(ServerId peer, HostPort address) {
    int mostPayload = options.mostPeerPayload();
    PeerFrame.Hello hello =
        new PeerFrame.Hello(
            options.cluster(), options.node(), peer, mostPayload, self.client(), self.http());
    return new PeerLink(peer, address, hello.toBytes(), mostPayload, reactor, dialer, log);
  }

  void send(ServerId to, Message message) {
    PeerLink link = links.get(to);
    if (link == null) {
      log.event("peer-unknown")
          .with("peer", to.toString())
          .with("why", "nobody has told this server where it is")
          .write();
    } else {
      link.send(message);
    }
  }

  /// `peer` has just connected to this server.
  void noticed(ServerId peer) {
    PeerLink link = links.get(peer);
    if (link != null) {
      link.redial();
    }
  }

  /// All ways, by whom they lead to.
  Map<ServerId, PeerLink> all() {
    return links;
  }

  @Override
  public long wakeNanos() {
    long wake = Long.MAX_VALUE;
    for (PeerLink each : links.values()) {
      wake = Math.min(wake, each.wakeNanos());
    }
    return wake;
  }

  @Override
  public void onTime(long now) {
    for (PeerLink each : links.values()) {
      each.onTime(now);
    }
  }
}
