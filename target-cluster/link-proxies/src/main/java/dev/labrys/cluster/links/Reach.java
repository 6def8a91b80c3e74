package dev.labrys.cluster.links;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Whether proxies of a server reach what listens on this machine, and are reached from it, found
/// out by sending a byte through one.
final class Reach {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int BYTE = 42;

  private Reach() {}

  /// @throws IOException if not
  static void require(LinkProxies links, Address api) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket node = new ServerSocket(0, 1, loopback)) {
      node.setSoTimeout(PATIENCE_MILLIS);
      Address upstream = new Address(loopback.getHostAddress(), node.getLocalPort());
      Address proxy =
          links.between(new Party.Clients(), NodeId.numbered(1), upstream, upstream.host());
      if (!passes(node, proxy)) {
        throw new IOException("what is sent through a proxy does not arrive");
      }
    } catch (IOException unreachable) {
      throw new IOException(
          ("the Toxiproxy server at %s does not reach nodes of this machine, or is not reached by"
                  + " them; it has to run on this machine, outside of any container's network: %s")
              .formatted(api, unreachable.getMessage()),
          unreachable);
    }
  }

  private static boolean passes(ServerSocket node, Address proxy) throws IOException {
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(proxy.host(), proxy.port()), PATIENCE_MILLIS);
      client.getOutputStream().write(BYTE);
      try (Socket served = node.accept()) {
        served.setSoTimeout(PATIENCE_MILLIS);
        return served.getInputStream().read() == BYTE;
      }
    }
  }
}
