package dev.labrys.raft.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The ports of a node.
///
/// @param httpAddress where `http` listens
record Ports(BoundPort peer, BoundPort client, HttpServer http, HostPort httpAddress)
    implements AutoCloseable {
  private static final int BACKLOG = 1024;

  /// Takes the ports that `options` want.
  ///
  /// @throws UnavailableException if one can't be had; then none is taken
  static Ports take(NodeOptions options) throws UnavailableException {
    HttpServer http = http(options.listen().http());
    try {
      BoundPort peer = BoundPort.at(options.listen().peer(), Setting.LISTEN_PEER);
      try {
        BoundPort client = BoundPort.at(options.listen().client(), Setting.LISTEN_CLIENT);
        return new Ports(peer, client, http, HostPort.of(http.getAddress()));
      } catch (UnavailableException taken) {
        peer.close();
        throw taken;
      }
    } catch (UnavailableException taken) {
      http.stop(0);
      throw taken;
    }
  }

  private static HttpServer http(HostPort wanted) throws UnavailableException {
    HttpLimits.apply();
    try {
      InetSocketAddress address = wanted.resolve();
      if (address.isUnresolved()) {
        throw new IOException("nobody knows the host");
      }
      return HttpServer.create(address, BACKLOG);
    } catch (IOException refused) {
      throw UnavailableException.port(Setting.LISTEN_HTTP, wanted, refused);
    }
  }

  /// Where others may tell clients to go.
  PeerPort.Whereabouts advertised(NodeOptions options) {
    return new PeerPort.Whereabouts(
        advertised(options.listen().advertisedClient(), client.address()),
        advertised(options.listen().advertisedHttp(), httpAddress));
  }

  private static String advertised(Optional<HostPort> wanted, HostPort bound) {
    boolean isEverywhere = bound.resolve().getAddress().isAnyLocalAddress();
    return wanted.map(HostPort::toString).orElse(isEverywhere ? "" : bound.toString());
  }

  @Override
  public void close() {
    peer.close();
    client.close();
    http.stop(0);
  }
}
