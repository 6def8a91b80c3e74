package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.SessionCommand;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody on the network who wants a cluster to fail, while clients use it.
///
/// After each attack, every node has to be alive, and the clients to have been served all the
/// while: none of their requests may have failed, and none may have been executed twice.
final class AdversaryTest {
  /// The beginning of a frame that goes on too late.
  private static final byte[] HALF = {0, 0};

  private static final Duration BUDGET = Duration.ofNanos(Await.PATIENCE);
  private static final int MOST_CLIENTS = 40;
  private static final int CROWD = 400;
  private static final int HTTP_CROWD = 1_200;

  private static final NodeOptions.Limits LIMITS =
      new NodeOptions.Limits(
          1 << 16, 1_000, MOST_CLIENTS, 300_000_000L, 60_000_000_000L, 20_000_000_000L);

  @TempDir private Path folder;

  private final List<Socket> sockets = new ArrayList<>();
  private final List<CompletableFuture<Void>> floods = new ArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private CompletableFuture<Void> load = new CompletableFuture<>();

  private final AtomicLong added = new AtomicLong();
  private TestNodes nodes;

  /// Nodes of its own for each test: what one attack has logged too often is not logged in the
  /// next.
  @BeforeEach
  void start() {
    nodes = new TestNodes(folder, LIMITS, "election-min=2s", "election-max=3s");
    Configuration three = Configuration.ofVoters(3);
    three.voters().forEach(id -> nodes.start(id, three));
    nodes.leader();
    load = CompletableFuture.runAsync(this::add);
    awaitProgress();
  }

  private void add() {
    try (NodeClient client = client()) {
      while (!isOver.get()) {
        assertThat(client.command(new Command.Add("c", 1), BUDGET))
            .isInstanceOf(ClientOutcome.Answered.class);
        added.incrementAndGet();
      }
    }
  }

  private NodeClient client() {
    return new NodeClient(
        ClientOptions.of(
            nodes.all().stream().map(node -> node.ports().client().address().toString()).toList()));
  }

  private void awaitProgress() {
    long before = added.get();
    Await.until("clients are served", () -> added.get() >= before + 5 || load.isDone());
    assertThat(load).isNotCompletedExceptionally();
  }

  @AfterEach
  void endLoad() throws IOException {
    awaitProgress();
    isOver.set(true);
    Await.done(load);
    try (NodeClient client = client()) {
      assertThat(client.query(new Query.Total("c"), BUDGET))
          .isEqualTo(new ClientOutcome.Answered(new Answer.Found(Datum.of(added.get()))));
    }
    for (Node node : nodes.all()) {
      assertThat(node.end()).isNotDone();
    }
    synchronized (sockets) {
      for (Socket each : sockets) {
        each.close();
      }
    }
    floods.forEach(Await::done);
    nodes.close();
  }

  @Test
  void randomBytesAreRefused() {
    for (int seed = 1; seed <= 60; seed++) {
      RandomGenerator random = new Seed(seed).stream("adversary");
      byte[] bytes = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(bytes);
      for (HostPort port : ports()) {
        attack(port, bytes);
      }
    }

    awaitLogged("\"event\":\"connection-refused\"");
  }

  @Test
  void lengthsThatAreTooLargeAreRefusedBeforeTheBytesCome() {
    byte[] huge = ByteBuffer.allocate(9).putInt(Integer.MAX_VALUE).putInt(0).array();
    for (Node node : nodes.all()) {
      attack(node.ports().peer().address(), huge);
      attack(node.ports().client().address(), huge);
      attack(node.ports().client().address(), concat(clientHello(""), huge));
      attack(node.ports().peer().address(), concat(peerHello(node, "test"), huge));
    }

    awaitLogged("where 1 to");
  }

  @Test
  void framesOutOfPlaceAreRefused() {
    for (Node node : nodes.all()) {
      for (int kind = 0; kind < 256; kind += 5) {
        byte[] frame = frame(kind, Bytes.of("x".repeat(kind)));
        attack(node.ports().peer().address(), frame);
        attack(node.ports().peer().address(), concat(peerHello(node, "test"), frame));
        attack(node.ports().client().address(), frame);
        attack(node.ports().client().address(), concat(clientHello(""), frame));
      }
    }
  }

  @Test
  void otherClustersAreRefused() {
    for (Node node : nodes.all()) {
      attack(node.ports().peer().address(), peerHello(node, "other"));
      attack(node.ports().client().address(), clientHello("other"));
    }

    awaitLogged("it is of the cluster 'other', this server of 'test'");
    awaitLogged("it wants the cluster 'other', this server is of 'test'");
  }

  @Test
  void messagesThatMakeNoSenseEndTheConnectionOnly() {
    long term = Await.done(nodes.leader().status()).server().term();
    Entry stray = new Entry(50, term, new Content.Noop());
    Entry later = new Entry(1, term + 9, new Content.Noop());
    Bytes chunk = Bytes.of("xx");
    List<Message> messages =
        List.of(
            new Message.AppendEntries(term, LogPosition.ZERO, List.of(stray), 0, 1),
            new Message.AppendEntries(term, LogPosition.ZERO, List.of(later), 0, 1),
            new Message.AppendEntries(term, new LogPosition(3, term + 1), List.of(), 0, 1),
            new Message.InstallSnapshot(term, LogPosition.ZERO, Configuration.NONE, 0, chunk, 2, 1),
            new Message.InstallSnapshot(
                term, new LogPosition(9, term + 1), Configuration.NONE, 0, chunk, 2, 1),
            new Message.InstallSnapshot(
                term, new LogPosition(9, term), Configuration.NONE, 1, chunk, 2, 1));
    for (Node node : nodes.all()) {
      for (Message message : messages) {
        byte[] frame = frame(PeerFrame.MESSAGE, PeerFrame.encode(message));
        attack(node.ports().peer().address(), concat(peerHello(node, "test"), frame));
      }
    }
    for (Node node : nodes.all()) {
      Message claim = new Message.AppendAccepted(term, 1, 1L << 40);
      byte[] frame = frame(PeerFrame.MESSAGE, PeerFrame.encode(claim));
      attack(node.ports().peer().address(), concat(peerHello(node, "test"), frame));
    }

    awaitLogged("its entries don't follow each other");
    awaitLogged("it has entries that its leader has not");
  }

  @Test
  void whoeverDoesNotSayInTimeWhoItIsIsSentAway() {
    List<Socket> slow = new ArrayList<>();
    for (HostPort port : ports()) {
      for (int i = 0; i < 10; i++) {
        slow.add(open(port, HALF));
        slow.add(open(port, new byte[0]));
      }
    }

    Await.until("all have been sent away", () -> slow.stream().allMatch(AdversaryTest::isClosed));
    awaitLogged("it did not say in time who it is");
  }

  @Test
  void whoeverIsSlowWithAFrameIsSentAway() {
    List<Socket> slow = new ArrayList<>();
    for (Node node : nodes.all()) {
      slow.add(open(node.ports().client().address(), concat(clientHello(""), HALF)));
    }

    Await.until("all have been sent away", () -> slow.stream().allMatch(AdversaryTest::isClosed));
    awaitLogged("a frame took too long");
  }

  @Test
  void aCrowdOfIdleConnectionsKeepsNobodyOut() {
    for (Node node : nodes.all()) {
      for (int i = 0; i < CROWD; i++) {
        byte[] first = i % 2 == 0 ? new byte[0] : clientHello("");
        open(node.ports().client().address(), first);
      }
    }

    awaitProgress();
    try (NodeClient newcomer = client()) {
      assertThat(newcomer.query(new Query.Total("c"), BUDGET))
          .isInstanceOf(ClientOutcome.Answered.class);
    }
    for (Node node : nodes.all()) {
      assertThat(Await.done(node.status()).clients()).isLessThanOrEqualTo(MOST_CLIENTS);
    }
  }

  @Test
  void aCrowdThatClaimsToBeServersKeepsNoServerOut() {
    ServerId id = nodes.follower().options().node();
    nodes.end(id);
    List<Socket> crowd = new ArrayList<>();
    for (Node node : nodes.all()) {
      for (int i = 0; i < CROWD; i++) {
        byte[] hello = peerHello(new ServerId(1_000 + i), node, "test");
        crowd.add(open(node.ports().peer().address(), hello));
      }
    }
    for (Socket each : crowd) {
      awaitAnswer(each);
    }

    nodes.start(id, Configuration.ofVoters(3));

    for (Node node : nodes.all()) {
      Await.until(
          "all peers have let %s in".formatted(node.options().node()),
          () ->
              Await.done(node.status()).links().values().stream().allMatch(NodeStatus.Link::isUp));
      Await.until(
          "%s knows where clients find others".formatted(node.options().node()),
          () -> nodes.all().stream().allMatch(other -> isKnownTo(node, other)));
    }
  }

  private static boolean isKnownTo(Node node, Node other) {
    String client = other.ports().client().address().toString();
    return node.whereabouts(other.options().node()).client().equals(client);
  }

  /// Waits until the other side has said something, or closed it.
  private static void awaitAnswer(Socket socket) {
    try {
      socket.setSoTimeout((int) BUDGET.toMillis());
      socket.getInputStream().read();
    } catch (IOException closed) {
      // As good as sent away.
    }
  }

  @Test
  void slowHttpRequestsKeepNobodyOut() {
    byte[] half =
        "POST /v1/command HTTP/1.1\r\nHost: x\r\nContent-Le".getBytes(StandardCharsets.US_ASCII);
    for (Node node : nodes.all()) {
      for (int i = 0; i < 100; i++) {
        open(node.ports().httpAddress(), half);
      }
    }

    try (Http http = new Http()) {
      for (Node node : nodes.all()) {
        assertThat(http.send(node, "GET", "/health", "").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void slowHttpRequestsKeepOthersOutForAWhileOnly() {
    byte[] half = "POST /v1/command HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    Node node = nodes.leader();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < HTTP_CROWD; i++) {
      slow.add(open(node.ports().httpAddress(), i % 2 == 0 ? half : new byte[0]));
    }

    Await.until("all have been sent away", () -> slow.stream().allMatch(AdversaryTest::isClosed));
    try (Http http = new Http()) {
      assertThat(http.send(node, "GET", "/health", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void nonsenseOverHttpIsRefused() {
    String post = "POST /v1/command HTTP/1.1\r\nHost: x\r\n";
    List<String> requests =
        List.of(
            "\0\1\2\r\n\r\n",
            "GET\r\n\r\n",
            "GET /../../status%00 HTTP/9.9\r\n\r\n",
            post + "Content-Length: -1\r\n\r\n{}",
            post + "Content-Length: 99999999999999999999\r\n\r\n{}",
            post + "Content-Length: 2147483647\r\n\r\n" + "x".repeat(1 << 17),
            post + "Transfer-Encoding: chunked\r\n\r\nzzz\r\n",
            post + "X: y\r\n".repeat(10_000),
            post + "X: " + "y".repeat(1 << 17));
    for (Node node : nodes.all()) {
      for (int seed = 1; seed <= 20; seed++) {
        byte[] bytes = new byte[3_000];
        new Seed(seed).stream("adversary").nextBytes(bytes);
        attack(node.ports().httpAddress(), bytes);
      }
      for (String request : requests) {
        attack(node.ports().httpAddress(), request.getBytes(StandardCharsets.ISO_8859_1));
      }
    }

    try (Http http = new Http()) {
      for (Node node : nodes.all()) {
        assertThat(http.send(node, "GET", "/health", "").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whoeverDoesNotReadItsRepliesIsNotReadFrom() {
    Node leader = nodes.leader();
    byte[] large = new byte[1 << 15];
    try (NodeClient client = client()) {
      Bytes value = Bytes.copyOf(large);
      client.command(new Command.Put("large", new Datum.Text(value)), BUDGET);
    }
    Ask get =
        new Ask.Query(new SessionCommand.Unprotected(new Query.Get("large").toBytes()).toBytes());
    byte[] hello = clientHello("");
    for (int i = 0; i < 5; i++) {
      floods.add(CompletableFuture.runAsync(() -> flood(leader, hello, get)));
    }

    awaitProgress();
    assertThat(Await.done(leader.status()).requests()).isLessThan(LIMITS.requests());
  }

  /// Asks for ever, and never reads; ends when the sockets are closed.
  private void flood(Node leader, byte[] hello, Ask get) {
    try {
      Socket socket = open(leader.ports().client().address(), hello);
      byte[] request = frame(ClientFrame.REQUEST, new ClientFrame.Request(1, get, 1_000).toBytes());
      while (!isOver.get()) {
        socket.getOutputStream().write(request);
      }
    } catch (IOException closed) {
      // It was sent away, or the test is over.
    }
  }

  private List<HostPort> ports() {
    List<HostPort> ports = new ArrayList<>();
    for (Node node : nodes.all()) {
      ports.add(node.ports().peer().address());
      ports.add(node.ports().client().address());
    }
    return ports;
  }

  private void awaitLogged(String text) {
    Await.until(text + " is logged", () -> nodes.logged().contains(text));
  }

  /// Sends `bytes`, and leaves the connection open.
  private void attack(HostPort port, byte[] bytes) {
    open(port, bytes);
  }

  private Socket open(HostPort port, byte[] bytes) {
    try {
      Socket socket = new Socket(port.host(), port.port());
      synchronized (sockets) {
        sockets.add(socket);
      }
      socket.getOutputStream().write(bytes);
      return socket;
    } catch (IOException refused) {
      // As good as sent away.
      return new Socket();
    }
  }

  /// Whether the other side has closed it.
  private static boolean isClosed(Socket socket) {
    try {
      if (!socket.isConnected()) {
        return true;
      }
      socket.setSoTimeout(1);
      byte[] some = new byte[1_000];
      return socket.getInputStream().read(some) < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static byte[] clientHello(String cluster) {
    return frame(ClientFrame.HELLO, ClientFrame.hello(cluster));
  }

  private static byte[] peerHello(Node to, String cluster) {
    ServerId self = to.options().node();
    return peerHello(new ServerId(self.number() % 3 + 1), to, cluster);
  }

  private static byte[] peerHello(ServerId from, Node to, String cluster) {
    ServerId self = to.options().node();
    return frame(
        PeerFrame.HELLO, new PeerFrame.Hello(cluster, from, self, 1_000, "", "").toBytes());
  }

  private static byte[] frame(int kind, Bytes body) {
    FrameWriter writer = new FrameWriter();
    writer.add(kind, body);
    return writer.take();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
