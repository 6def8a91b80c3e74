package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More connections than anybody needs, to a node in a process with little memory, while a client
/// uses it: none of its requests may fail, and none be executed twice.
final class CrowdTest {
  private static final Duration BUDGET = Duration.ofNanos(Await.PATIENCE);
  private static final int CROWD = 10_000;
  private static final int MOST_CLIENTS = 12_000;
  private static final int FEW_FILES = 512;

  /// Files that this process needs for itself.
  private static final int OWN_FILES = 1_000;

  private static final List<String> LITTLE_MEMORY =
      List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
  private static final Pattern CLIENTS = Pattern.compile("\"clients\":(\\d+)");

  @TempDir private Path folder;

  private final List<SocketChannel> crowd = new ArrayList<>();
  private final List<ChildNode> nodes = new ArrayList<>();
  private final AtomicLong added = new AtomicLong();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private CompletableFuture<Void> load = new CompletableFuture<>();

  @AfterEach
  void endAll() throws IOException {
    isOver.set(true);
    disperse();
    nodes.forEach(ChildNode::close);
  }

  @Test
  void tenThousandIdleConnectionsHurtNobody() throws IOException {
    OpenFiles files = OpenFiles.ofThisProcess();
    int size = Math.min(CROWD, files.limit() - OWN_FILES);
    int inside = Math.min(size, files.clients(MOST_CLIENTS));
    String asMany = "%d connections, as %d files may be open".formatted(size, files.limit());
    ChildNode node =
        underLoad(
            List.of(),
            "--max-clients=" + MOST_CLIENTS,
            "--handshake-timeout=10m",
            "--idle-timeout=10m");

    gather(node.address("client"), size);

    try (Http http = new Http()) {
      Await.until(asMany + " are inside", () -> clients(http, node) >= inside);
      awaitProgress(asMany);
      try (NodeClient newcomer = client(node)) {
        assertThat(newcomer.query(new Query.Total("c"), BUDGET))
            .as(asMany)
            .isInstanceOf(ClientOutcome.Answered.class);
      }
      disperse();
      Await.until("all have left but the load", () -> clients(http, node) == 1);
    }
    assertThatNothingIsLost(node);
  }

  @Test
  void whoeverTakesAllConnectionsLeavesFilesForTheLog() throws IOException {
    ChildNode node =
        underLoad(
            List.of("/bin/sh", "-c", "ulimit -n %d; exec \"$@\"".formatted(FEW_FILES), "sh"),
            "--raft-option=snapshot-entries=20");

    for (String port : List.of("client", "http", "peer")) {
      gather(node.address(port), FEW_FILES);
    }

    for (int i = 0; i < 20; i++) {
      awaitProgress("with all connections taken");
    }
    disperse();
    Await.until("HTTP answers as well", () -> isHealthy(node));
    assertThatNothingIsLost(node);
  }

  private static boolean isHealthy(ChildNode node) {
    try (SocketChannel channel = SocketChannel.open(node.address("http").resolve())) {
      String request = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      byte[] answer = channel.socket().getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
    } catch (IOException notYet) {
      return false;
    }
  }

  /// A node of its own that adds to a counter all the while.
  private ChildNode underLoad(List<String> prefix, String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--cluster=crowd",
                "--node=n1",
                "--members=n1",
                "--data=" + folder.resolve("data")));
    options.addAll(List.of(more));
    ChildNode node = ChildNode.start(folder.resolve("log"), prefix, LITTLE_MEMORY, options);
    nodes.add(node);
    load = CompletableFuture.runAsync(() -> add(node));
    awaitProgress("before anything happens");
    return node;
  }

  private void add(ChildNode node) {
    try (NodeClient client = client(node)) {
      while (!isOver.get()) {
        assertThat(client.command(new Command.Add("c", 1), BUDGET))
            .isInstanceOf(ClientOutcome.Answered.class);
        added.incrementAndGet();
      }
    }
  }

  private static NodeClient client(ChildNode node) {
    return new NodeClient(ClientOptions.of(List.of(node.address("client").toString())));
  }

  private void awaitProgress(String when) {
    long before = added.get();
    Await.until("a client is served, " + when, () -> added.get() >= before + 5 || load.isDone());
    assertThat(load).as(when).isNotCompletedExceptionally();
  }

  private void assertThatNothingIsLost(ChildNode node) {
    isOver.set(true);
    Await.done(load);
    assertThat(node.process().isAlive()).isTrue();
    try (NodeClient client = client(node)) {
      assertThat(client.query(new Query.Total("c"), BUDGET))
          .isEqualTo(new ClientOutcome.Answered(new Answer.Found(Datum.of(added.get()))));
    }
  }

  /// Opens so many connections. Every other one says hello as a client does, and no more.
  private void gather(HostPort port, int size) throws IOException {
    FrameWriter hello = new FrameWriter();
    hello.add(ClientFrame.HELLO, ClientFrame.hello(""));
    ByteBuffer bytes = ByteBuffer.wrap(hello.take());
    for (int i = 0; i < size; i++) {
      SocketChannel channel = SocketChannel.open(port.resolve());
      crowd.add(channel);
      if (i % 2 == 0) {
        try {
          channel.write(bytes.duplicate());
        } catch (IOException closed) {
          // It was sent away already.
        }
      }
    }
  }

  private void disperse() throws IOException {
    for (SocketChannel each : crowd) {
      each.close();
    }
    crowd.clear();
  }

  private static int clients(Http http, ChildNode node) {
    String status = http.send("http://" + node.address("http") + "/status", "GET", "").body();
    Matcher matcher = CLIENTS.matcher(status);
    assertThat(matcher.find()).as(status).isTrue();
    return Integer.parseInt(matcher.group(1));
  }
}
