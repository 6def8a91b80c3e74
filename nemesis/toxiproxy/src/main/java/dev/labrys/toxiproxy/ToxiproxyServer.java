package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A server that speaks the HTTP API of Toxiproxy: TCP proxies that do harm to what goes through
/// them, on request.
///
/// An [Api] changes [Proxies]; a [Proxy] is put to work by a [Relay]; each [Connection] of it has a
/// [Link] in either direction; and on a link, bytes go from one [Stage] to the next.
public final class ToxiproxyServer implements AutoCloseable {
  /// The version of Toxiproxy that this behaves like.
  public static final String VERSION = "2.12.0";

  private static final int MOST_LOOPS = 4;

  private final List<Loop> loops;
  private final Proxies proxies;
  private final HttpPort port;

  private ToxiproxyServer(List<Loop> loops, Proxies proxies, HttpPort port) {
    this.loops = loops;
    this.proxies = proxies;
    this.port = port;
  }

  /// Starts a server, which listens when this returns.
  ///
  /// @throws IOException if the port can't be had
  public static ToxiproxyServer start(ToxiproxyOptions options) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
    Metrics metrics = new Metrics();
    List<Loop> loops = new ArrayList<>();
    try {
      int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_LOOPS);
      for (int i = 1; i <= count; i++) {
        loops.add(Loop.start("toxiproxy-loop-" + i, options.nanos()));
      }
      Proxies proxies = new Proxies(loops, options.dice(), metrics);
      Optional<Metrics> shown =
          switch (options.metrics()) {
            case HIDDEN -> Optional.empty();
            case SHOWN -> Optional.of(metrics);
          };
      Api api = new Api(proxies, shown, options.nanos().getAsLong());
      HttpPort port = HttpPort.open(address, api::answer, options.nanos());
      return new ToxiproxyServer(loops, proxies, port);
    } catch (IOException | RuntimeException failed) {
      loops.forEach(Loop::close);
      throw failed;
    }
  }

  /// Where the API listens.
  public InetSocketAddress address() {
    return port.address();
  }

  /// Where the API is found, as clients want it: `http://127.0.0.1:8474`.
  public String url() {
    return "http://" + HostPort.text(address());
  }

  /// Ends the API first, then all proxies with their connections.
  @Override
  public void close() {
    port.close();
    synchronized (proxies) {
      try {
        proxies.close();
      } catch (IOException _) {
        // The loops close what is left.
      }
    }
    loops.forEach(Loop::close);
  }
}
