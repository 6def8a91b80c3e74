package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of real processes, one of which is killed at any moment while clients write: what was
/// acknowledged is there afterwards, once and in its order. More with `-Dkill.rounds=<number>`.
final class NodeKillTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 4);
  private static final int NODES = 3;
  private static final int CLIENTS = 4;
  private static final int MOST_BETWEEN = 40;
  private static final int PAGE = 1_000;
  private static final Duration BUDGET = Duration.ofNanos(2 * Await.PATIENCE);

  @TempDir private Path folder;

  private final List<ChildNode> nodes = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicBoolean isOver = new AtomicBoolean();

  @Test
  void whatWasAcknowledgedIsThere(TestReporter reporter) throws Exception {
    RandomGenerator random = new Seed(1).stream("node-kills");
    try (Http http = new Http();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < NODES; i++) {
        nodes.add(start(i, List.of()));
      }
      introduce(http);
      List<ChildNode> first = List.copyOf(nodes);
      List<CompletableFuture<Long>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String name = "client" + i;
        clients.add(CompletableFuture.supplyAsync(() -> write(first, name), threads));
      }

      for (int round = 0; round < ROUNDS; round++) {
        long target = acknowledged.get() + 1 + random.nextInt(MOST_BETWEEN);
        Await.until(
            "clients are served in round " + round,
            () ->
                acknowledged.get() >= target
                    || clients.stream().anyMatch(CompletableFuture::isDone));
        killAndStart(random.nextInt(NODES));
        introduce(http);
      }
      isOver.set(true);

      for (int i = 0; i < CLIENTS; i++) {
        assertThatAllIsThere("client" + i, Await.done(clients.get(i)));
      }
      reporter.publishEntry(
          "%d kills of a node, %d acknowledged writes".formatted(ROUNDS, acknowledged.get()));
    } finally {
      isOver.set(true);
      nodes.forEach(ChildNode::close);
    }
  }

  /// Appends numbers to lists of its own until the end, each as soon as the one before is
  /// acknowledged, and tells how many.
  ///
  /// @param first the nodes as they were at first; where clients find them does not change
  private long write(List<ChildNode> first, String name) {
    try (NodeClient client = client(first)) {
      long written = 0;
      while (!isOver.get()) {
        Command append = new Command.AppendItem(page(name, written), Datum.of(written));
        assertThat(client.command(append, BUDGET))
            .isEqualTo(new ClientOutcome.Answered(new Answer.Found(Datum.of(written % PAGE))));
        written++;
        acknowledged.incrementAndGet();
      }
      return written;
    }
  }

  private static String page(String name, long number) {
    return name + "-" + number / PAGE;
  }

  private void assertThatAllIsThere(String name, long written) {
    for (ChildNode node : nodes) {
      try (NodeClient client = client(List.of(node))) {
        for (long first = 0; first < written; first += PAGE) {
          List<Datum> expected =
              LongStream.range(first, Math.min(written, first + PAGE))
                  .<Datum>mapToObj(Datum::of)
                  .toList();
          assertThat(client.query(new Query.ReadList(page(name, first)), BUDGET))
              .isEqualTo(new ClientOutcome.Answered(new Answer.Items(expected)));
        }
      }
    }
  }

  private static NodeClient client(List<ChildNode> nodes) {
    return new NodeClient(
        ClientOptions.of(nodes.stream().map(each -> each.address("client").toString()).toList()));
  }

  private void killAndStart(int index) {
    ChildNode killed = nodes.get(index);
    killed.close();
    List<String> ports =
        List.of(
            "--listen-client=" + killed.address("client"),
            "--listen-http=" + killed.address("http"));
    // Somebody else may have one of its ports for a moment, as the near end of a connection.
    nodes.set(index, Await.found("it serves again", () -> startedUnlessTaken(index, ports)));
  }

  private Optional<ChildNode> startedUnlessTaken(int index, List<String> ports) throws IOException {
    try {
      return Optional.of(start(index, ports));
    } catch (IOException ended) {
      if (String.valueOf(ended.getMessage()).contains("can't listen at")) {
        return Optional.empty();
      }
      throw ended;
    }
  }

  private ChildNode start(int index, List<String> more) throws IOException {
    String name = "n" + (index + 1);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--cluster=kill",
                "--node=" + name,
                "--members=n1,n2,n3",
                "--data=" + folder.resolve(name),
                "--raft-option=snapshot-entries=500"));
    options.addAll(more);
    return ChildNode.start(folder.resolve(name + ".log"), List.of(), List.of(), options);
  }

  /// Tells everybody where everybody is.
  private void introduce(Http http) {
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      peers.add("\"n%d\":\"%s\"".formatted(i + 1, nodes.get(i).address("peer")));
    }
    String json = "{" + String.join(",", peers) + "}";
    for (ChildNode node : nodes) {
      String url = "http://" + node.address("http") + "/admin/peers";
      assertThat(http.send(url, "PUT", json).statusCode()).isEqualTo(200);
    }
  }
}
