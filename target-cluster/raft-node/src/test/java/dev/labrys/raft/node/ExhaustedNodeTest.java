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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that can open no more files and sockets for a while.
final class ExhaustedNodeTest {
  private static final Duration BUDGET = Duration.ofNanos(Await.PATIENCE);
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final String BODY = "{\"f\":\"read\",\"key\":1}";
  private static final String READ =
      "POST /v1/command HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(BODY.length());
  private static final int FAILURES = 10;
  private static final int ADDED = 35;
  private static final int FEW = 10;

  @TempDir private Path folder;

  private final List<SocketChannel> knocking = new ArrayList<>();
  private ChildNode node;
  private NodeClient old;

  @BeforeEach
  void start() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PRLIMIT), "there is no prlimit");
    node = start(folder);
    old = client();
    // With a snapshot, so that all that takes is loaded.
    for (int i = 0; i < ADDED; i++) {
      assertThat(add(old)).isInstanceOf(ClientOutcome.Answered.class);
    }
  }

  private static ChildNode start(Path folder) throws IOException {
    return ChildNode.start(
        folder.resolve("log"),
        List.of(),
        List.of(),
        List.of(
            "--cluster=poor",
            "--node=n1",
            "--members=n1",
            "--data=" + folder.resolve("data"),
            "--raft-option=fsync=never",
            "--raft-option=snapshot-entries=30"));
  }

  @AfterEach
  void end() throws IOException {
    for (SocketChannel each : knocking) {
      each.close();
    }
    if (node != null) {
      old.close();
      node.close();
    }
  }

  @Test
  void itKeepsWhomItHasAndLetsOthersInOnceItCan() throws Exception {
    SocketChannel slow = knock("http");
    say(slow, READ + BODY);
    assertThat(answer(slow)).startsWith("HTTP/1.1 200");
    limit("3:");
    say(slow, READ);
    for (String port : List.of("client", "peer")) {
      knock(port);
      Await.until(port + " is refused", () -> refusals(port) > 0);
    }

    say(slow, BODY);
    assertThat(answer(slow)).startsWith("HTTP/1.1 200");
    for (int i = 0; i < FEW; i++) {
      assertThat(add(old)).isInstanceOf(ClientOutcome.Answered.class);
    }
    SocketChannel newcomer = knock("http");
    say(newcomer, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    Await.until("HTTP is refused", () -> refusals("http") > 0);

    limit("4096:");
    assertThat(answer(newcomer)).startsWith("HTTP/1.1 200");
    try (NodeClient client = client()) {
      assertThat(client.query(new Query.Total("c"), BUDGET)).isEqualTo(total(ADDED + FEW));
    }
  }

  private SocketChannel knock(String port) throws IOException {
    SocketChannel channel = SocketChannel.open(node.address(port).resolve());
    knocking.add(channel);
    return channel;
  }

  private static void say(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /// What comes, up to the end of a JSON text.
  private static String answer(SocketChannel channel) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer octet = ByteBuffer.allocate(1);
    while (text.indexOf("}\n") < 0) {
      assertThat(channel.read(octet.clear())).as(text.toString()).isEqualTo(1);
      text.append((char) octet.get(0));
    }
    return text.toString();
  }

  /// Whoever can't let somebody in, and tries again at once, uses a processor up: then hundreds of
  /// milliseconds of its time go by from one failure that is logged to the next. Ten failures take
  /// a second of waiting, and some milliseconds of work.
  @Test
  void itDoesNotTryAgainAllTheTime() throws Exception {
    limit("3:");
    for (String port : List.of("client", "http")) {
      knock(port);
      Await.until(port + " is refused", () -> refusals(port) > 0);
    }
    long failures = refusals("http");
    Duration before = work();

    Await.until("it has failed some times more", () -> refusals("http") >= failures + FAILURES);

    assertThat(work().minus(before)).isLessThan(Duration.ofMillis(700));
  }

  /// A node that can't write a snapshot says so, and has acknowledged nothing that is not there
  /// when it is started again.
  @Test
  void itEndsWhenItHasToOpenAFileAndSaysWhy() throws Exception {
    limit("3:");
    long added = ADDED - 1;
    ClientOutcome outcome = new ClientOutcome.Answered(new Answer.Done());
    while (outcome instanceof ClientOutcome.Answered) {
      added++;
      outcome = old.command(new Command.Add("c", 1), Duration.ofSeconds(5));
    }

    assertThat(node.process().waitFor(Await.PATIENCE, TimeUnit.NANOSECONDS)).isTrue();
    assertThat(node.process().exitValue()).isEqualTo(69);
    assertThat(Files.readAllLines(node.err()).getLast())
        .startsWith("raft-node: ")
        .contains("Too many open files");
    old.close();
    node = start(folder);
    old = client();
    assertThat(old.query(new Query.Total("c"), BUDGET)).isIn(total(added), total(added + 1));
  }

  private static ClientOutcome total(long count) {
    return new ClientOutcome.Answered(new Answer.Found(Datum.of(count)));
  }

  private ClientOutcome add(NodeClient client) {
    return client.command(new Command.Add("c", 1), BUDGET);
  }

  private NodeClient client() {
    return new NodeClient(ClientOptions.of(List.of(node.address("client").toString())));
  }

  private Duration work() {
    return node.process().info().totalCpuDuration().orElseThrow();
  }

  private long refusals(String port) throws IOException {
    return Files.readString(node.err())
        .lines()
        .filter(line -> line.contains("accept-failed") && line.contains('"' + port + '"'))
        .count();
  }

  private void limit(String files) throws Exception {
    Process prlimit =
        new ProcessBuilder(
                PRLIMIT.toString(), "--pid", "" + node.process().pid(), "--nofile=" + files)
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }
}
