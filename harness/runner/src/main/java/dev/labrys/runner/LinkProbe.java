package dev.labrys.runner;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Links;
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
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Whether bytes between nodes can be kept back, found out by trying: a proxy between two sockets
/// of this machine passes a byte, holds one, delays one, and then cuts them off. Containers hear
/// each other by such proxies as well.
final class LinkProbe {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final NodeId NODE = NodeId.numbered(1);
  private static final Party CLIENTS = new Party.Clients();
  private static final Way TO_NODE = Way.toNode(NODE);

  /// For what is not to arrive: a byte that a proxy does not hold needs less, as the one before
  /// did.
  private static final int GLANCE_MILLIS = 50;

  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private LinkProbe() {}

  /// `others`, and what proxies can do.
  static Capabilities add(Capabilities others) {
    Optional<String> cuts = complaint(LinkProbe::complaintAboutCuts);
    return others
        .probed(Capability.CUT_LINKS, cuts)
        .probed(Capability.CUT_ONE_WAY, cuts)
        .probed(Capability.DELAY_LINKS, complaint(LinkProbe::complaintAboutDelays))
        .probed(Capability.DROP_MESSAGES, complaint(LinkProbe::complaintAboutMessages))
        .without(Capability.DROP_PACKETS, Links.NO_PACKETS);
  }

  /// What is tried on a connection.
  @FunctionalInterface
  private interface Trial {
    /// Why it does not work; empty if it does.
    Optional<String> complaint(LinkProxies links, Socket client, Socket served) throws IOException;
  }

  private static Optional<String> complaint(Trial trial) {
    Seed seed = new Seed(1);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ToxiproxyServer server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream));
        LinkProxies links = LinkProxies.at(address(server), "probe").speaking("lines");
        ServerSocket node = new ServerSocket(0, 1, loopback)) {
      node.setSoTimeout(PATIENCE_MILLIS);
      Address upstream = new Address(loopback.getHostAddress(), node.getLocalPort());
      Address proxy = links.between(CLIENTS, NODE, upstream, upstream.host());
      try (Socket client = new Socket(proxy.host(), proxy.port());
          Socket served = node.accept()) {
        client.setSoTimeout(PATIENCE_MILLIS);
        served.setSoTimeout(PATIENCE_MILLIS);
        client.setTcpNoDelay(true);
        return passes(1, client, served)
            ? trial.complaint(links, client, served)
            : Optional.of("a proxy does not pass what it is given");
      }
    } catch (IOException failed) {
      return Optional.of("a proxy can't be used here: " + Diagnosis.messageOf(failed));
    }
  }

  private static boolean passes(int sent, Socket client, Socket served) throws IOException {
    client.getOutputStream().write(sent);
    return served.getInputStream().read() == sent;
  }

  private static Optional<String> complaintAboutCuts(
      LinkProxies links, Socket client, Socket served) throws IOException {
    links.set(Map.of(TO_NODE, Passage.Shut.HELD));
    client.getOutputStream().write(2);
    served.setSoTimeout(GLANCE_MILLIS);
    try {
      served.getInputStream().read();
      return Optional.of("a proxy passes what it is to hold");
    } catch (SocketTimeoutException held) {
      served.setSoTimeout(PATIENCE_MILLIS);
    }
    links.set(Map.of());
    if (served.getInputStream().read() != 2) {
      return Optional.of("a proxy loses what it held");
    }
    links.set(Map.of(TO_NODE, Passage.Shut.RESET));
    try {
      return client.getInputStream().read() < 0
          ? Optional.empty()
          : Optional.of("a proxy passes what nobody sent");
    } catch (SocketException reset) {
      return Optional.empty();
    }
  }

  /// A byte that is late is late on any machine, however slow.
  private static Optional<String> complaintAboutDelays(
      LinkProxies links, Socket client, Socket served) throws IOException {
    links.set(Map.of(TO_NODE, new Passage.Late(DELAY_NANOS, 0)));
    long sent = System.nanoTime();
    if (!passes(2, client, served)) {
      return Optional.of("a proxy loses what it is to delay");
    }
    return System.nanoTime() - sent < DELAY_NANOS
        ? Optional.of("a proxy passes at once what it is to delay")
        : Optional.empty();
  }

  /// A line that comes twice; the one before is not known to be one.
  private static Optional<String> complaintAboutMessages(
      LinkProxies links, Socket client, Socket served) throws IOException {
    Passage.Chances twice = new Passage.Chances(0, 1_000_000, 0);
    links.set(Map.of(TO_NODE, new Passage.Unreliable(twice, 0, 0)));
    client.getOutputStream().write("\na\n".getBytes(StandardCharsets.US_ASCII));
    String heard = new String(served.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    return heard.equals("\na\na\n")
        ? Optional.empty()
        : Optional.of("a proxy does not send twice what it is to double");
  }

  private static Address address(ToxiproxyServer server) {
    return new Address(server.address().getHostString(), server.address().getPort());
  }
}
