package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways between nodes, when networks fail without a word and servers move.
///
/// In a cluster of two nothing is committed unless messages go from n1 to n2, whoever leads: they
/// are entries, or what says that entries were stored.
final class PeerLinkTest {
  private static final ServerId N1 = new ServerId(1);
  private static final ServerId N2 = new ServerId(2);
  private static final Duration BUDGET = Duration.ofNanos(Await.PATIENCE);

  @TempDir private Path folder;

  @Test
  void messagesGoOnWhereOnlyTheWayBackIsCut() throws Exception {
    try (TestNodes nodes = TestNodes.started(folder, 2);
        Relay relay = new Relay(nodes.node(N2).ports().peer().address())) {
      reachByRelay(nodes.node(N1), relay);

      relay.hold(Relay.Direction.BACK);
      int before = relay.connections();
      Await.until("n1 is in doubt", () -> relay.connections() > before);
      commitSomething(nodes);

      // Nothing that was opened since can have been welcomed.
      assertThat(isUp(nodes.node(N1))).isTrue();
    }
  }

  @Test
  void anotherConnectionTakesThePlaceOfADeadOne() throws Exception {
    try (TestNodes nodes = TestNodes.started(folder, 2);
        Relay relay = new Relay(nodes.node(N2).ports().peer().address())) {
      reachByRelay(nodes.node(N1), relay);

      relay.swallow();

      commitSomething(nodes);
    }
  }

  @Test
  void aServerThatHasMovedIsNotLookedForWhereItWas() throws Exception {
    try (ServerSocket before = listen();
        ServerSocket after = listen();
        Reactor reactor = new Reactor();
        Dialer dialer = new Dialer("dial", reactor);
        NodeLog log = silent()) {
      PeerLink link =
          new PeerLink(N2, address(before), Bytes.of("hello"), 1_000, reactor, dialer, log);
      link.onTime(System.nanoTime());
      try (Socket early = before.accept()) {
        link.move(address(after));
        link.onTime(System.nanoTime());
        try (Socket late = after.accept()) {
          turnUntil(reactor, "it says hello", () -> late.getInputStream().available() > 0);
          turnUntil(reactor, "the other one is closed", () -> isClosed(early));
        }
      }
    }
  }

  @Test
  void aConnectionThatNobodyTakesOverIsClosed() throws Exception {
    try (ServerSocket server = listen();
        Reactor reactor = new Reactor();
        Socket opened = openedAndForgotten(server, reactor)) {
      Await.until("it is closed", () -> isClosed(opened));
    }
  }

  private static Socket openedAndForgotten(ServerSocket server, Reactor reactor)
      throws IOException {
    try (Dialer dialer = new Dialer("dial", reactor)) {
      dialer.dial(address(server), new Nobody());
      return server.accept();
    }
  }

  /// A caller that is gone before there is something to tell.
  private static final class Nobody implements Dialer.Caller {
    @Override
    public void onConnected(SocketChannel channel) {
      throw new IllegalStateException("nobody is there");
    }

    @Override
    public void onUnreachable(String why) {
      throw new IllegalStateException("nobody is there");
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static HostPort address(ServerSocket socket) {
    return new HostPort("127.0.0.1", socket.getLocalPort());
  }

  private static NodeLog silent() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    return new NodeLog(nowhere, "n1");
  }

  /// Lets `reactor` work until `condition` is so.
  private static void turnUntil(Reactor reactor, String what, Callable<Boolean> condition) {
    Await.until(
        what,
        () -> {
          reactor.turn(0);
          reactor.flush();
          return condition.call();
        });
  }

  /// Whether the other side has closed it, and had said nothing.
  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException notYet) {
      return false;
    }
  }

  private static void reachByRelay(Node n1, Relay relay) {
    n1.tell(N2, relay.address());
    Await.until("n1 reaches n2 by the relay", () -> relay.connections() > 0 && isUp(n1));
  }

  private static void commitSomething(TestNodes nodes) {
    ClientOptions options =
        ClientOptions.of(
            nodes.all().stream().map(node -> node.ports().client().address().toString()).toList());
    try (NodeClient client = new NodeClient(options)) {
      assertThat(client.command(new Command.Put("x", Datum.of(1)), BUDGET))
          .isEqualTo(new ClientOutcome.Answered(new Answer.Done()));
    }
  }

  private static boolean isUp(Node n1) {
    NodeStatus.Link link = Await.done(n1.status()).links().get(N2);
    return link != null && link.isUp();
  }
}
