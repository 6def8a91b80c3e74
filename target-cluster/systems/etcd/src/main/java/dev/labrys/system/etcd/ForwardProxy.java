package dev.labrys.system.etcd;

import dev.labrys.cluster.Address;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP proxy for one server, which brings each request of that server to where a name leads. So
/// servers that must know each other by the same names can have links of their own nevertheless.
///
/// Each connection carries one request, and then whatever either side says.
final class ForwardProxy implements Closeable {
  private static final int LONGEST_HEAD = 1 << 15;

  /// How long a request is waited for, and an answer whose server has gone: over a link that is
  /// cut, none comes, and servers ask again and again.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOKS_AFTER = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]+) http://([^/ :]+)(?::\\d+)?(/\\S*)? (HTTP/1\\.1)");
  private static final Pattern CONNECTION =
      Pattern.compile("(?im)^(proxy-)?connection:[^\\r\\n]*\\r\\n");

  private final ServerSocket listener;
  private final Function<String, Optional<Address>> route;
  private final Duration patience;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ForwardProxy(
      ServerSocket listener, Function<String, Optional<Address>> route, Duration patience) {
    this.listener = listener;
    this.route = route;
    this.patience = patience;
  }

  /// @param host by which the server reaches this machine
  /// @param route where a host's requests are to go; empty if nobody knows that host
  static ForwardProxy open(String host, Function<String, Optional<Address>> route)
      throws IOException {
    return open(host, route, PATIENCE);
  }

  /// @param patience with an answer when nobody waits for it any more
  static ForwardProxy open(
      String host, Function<String, Optional<Address>> route, Duration patience)
      throws IOException {
    ServerSocket listener = new ServerSocket(0, 0, InetAddress.getByName(host));
    ForwardProxy proxy = new ForwardProxy(listener, route, patience);
    Thread.ofVirtual().name("forward-proxy").start(proxy::accept);
    return proxy;
  }

  /// Where it listens.
  Address address() {
    return new Address(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  /// How many it keeps open, to whom it speaks and to whom it brings that.
  int connections() {
    return open.size();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket server = listener.accept();
        Thread.ofVirtual().name("forward-proxy").start(() -> serve(server));
      } catch (IOException lost) {
        // It was gone before it was accepted, or there is no descriptor for it now.
        LockSupport.parkNanos(LOOKS_AFTER);
      }
    }
  }

  private void serve(Socket server) {
    try (server;
        Socket peer = new Socket()) {
      open.add(server);
      open.add(peer);
      InputStream said = server.getInputStream();
      server.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      Optional<Request> request = Request.read(said);
      server.setSoTimeout(0);
      Optional<Address> target = request.map(Request::host).flatMap(route);
      if (target.isEmpty()) {
        return;
      }
      peer.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      peer.connect(new InetSocketAddress(target.get().host(), target.get().port()));
      peer.getOutputStream().write(request.orElseThrow().bytes());
      CountDownLatch answered = new CountDownLatch(1);
      Thread there = Thread.ofVirtual().start(() -> ask(server, said, peer, answered));
      pass(peer, peer.getInputStream(), server);
      answered.countDown();
      there.join();
    } catch (IOException ended) {
      // Either side may go at any time; the other one is told by its end.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(server);
      open.removeIf(Socket::isClosed);
    }
  }

  private void ask(Socket server, InputStream said, Socket peer, CountDownLatch answered) {
    pass(server, said, peer);
    try {
      if (!answered.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        close(peer);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /// Passes on what `from` says until it ends or fails; then `to` is told that nothing follows.
  private static void pass(Socket from, InputStream said, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      said.transferTo(out);
      to.shutdownOutput();
    } catch (IOException broken) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // That is what is wanted.
    }
  }

  /// Ends all connections.
  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(ForwardProxy::close);
  }

  /// What a request to a proxy begins with, as the server behind wants it.
  ///
  /// @param head which asks for the connection to end with the answer, as it would be no good for
  ///   another host
  private record Request(String host, String head) {

    /// The next one; empty if there is none, or something else.
    static Optional<Request> read(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.length() < LONGEST_HEAD && !endsHead(head)) {
        int octet = in.read();
        if (octet < 0) {
          return Optional.empty();
        }
        head.append((char) octet);
      }
      int line = head.indexOf("\r\n");
      if (line < 0 || !endsHead(head)) {
        return Optional.empty();
      }
      Matcher request = REQUEST.matcher(head.substring(0, line));
      if (!request.matches()) {
        return Optional.empty();
      }
      String path = Optional.ofNullable(request.group(3)).orElse("/");
      String fields = CONNECTION.matcher(head.substring(line + 2)).replaceAll("");
      String origin =
          "%s %s %s\r\nConnection: close\r\n%s"
              .formatted(request.group(1), path, request.group(4), fields);
      return Optional.of(new Request(request.group(2), origin));
    }

    byte[] bytes() {
      return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean endsHead(StringBuilder head) {
      int length = head.length();
      return length >= 4 && head.substring(length - 4).equals("\r\n\r\n");
    }
  }
}
