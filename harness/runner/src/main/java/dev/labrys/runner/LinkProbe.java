package dev.labrys.runner;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.Optional;

/// Whether bytes between processes of this machine can be kept back, found out by trying: a proxy
/// between two sockets passes a byte, and then cuts them off.
final class LinkProbe {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final NodeId NODE = NodeId.numbered(1);
  private static final Party CLIENTS = new Party.Clients();

  private LinkProbe() {}

  /// `others`, and what proxies can do.
  static Capabilities add(Capabilities others) {
    Optional<String> complaint = complaint();
    return others.probed(Capability.CUT_LINKS, complaint).probed(Capability.DELAY_LINKS, complaint);
  }

  private static Optional<String> complaint() {
    Seed seed = new Seed(1);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ToxiproxyServer server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream));
        LinkProxies links = LinkProxies.at(address(server), "probe");
        ServerSocket node = new ServerSocket(0, 1, loopback)) {
      node.setSoTimeout(PATIENCE_MILLIS);
      Address upstream = new Address(loopback.getHostAddress(), node.getLocalPort());
      Address proxy = links.between(CLIENTS, NODE, upstream, upstream.host());
      try (Socket client = new Socket(proxy.host(), proxy.port());
          Socket served = node.accept()) {
        return complaint(links, client, served);
      }
    } catch (IOException failed) {
      return Optional.of("a proxy can't be used here: " + Diagnosis.messageOf(failed));
    }
  }

  private static Optional<String> complaint(LinkProxies links, Socket client, Socket served)
      throws IOException {
    client.setSoTimeout(PATIENCE_MILLIS);
    served.setSoTimeout(PATIENCE_MILLIS);
    client.getOutputStream().write(1);
    if (served.getInputStream().read() != 1) {
      return Optional.of("a proxy does not pass what it is given");
    }
    links.set(Map.of(Way.toNode(NODE), Passage.Shut.RESET));
    try {
      return client.getInputStream().read() < 0
          ? Optional.empty()
          : Optional.of("a proxy passes what nobody sent");
    } catch (SocketException reset) {
      return Optional.empty();
    }
  }

  private static Address address(ToxiproxyServer server) {
    return new Address(server.address().getHostString(), server.address().getPort());
  }
}
