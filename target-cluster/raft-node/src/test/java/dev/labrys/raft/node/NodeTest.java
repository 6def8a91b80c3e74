package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes in one process, over real sockets and files.
final class NodeTest {
  private static final Duration BUDGET = Duration.ofNanos(Await.PATIENCE);
  private static final ServerId FOURTH = new ServerId(4);

  @TempDir private Path folder;

  @Test
  void threeNodesElectALeaderAndReplicate() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      nodes.leader();

      put(nodes.all(), "x", 5);

      for (Node each : nodes.all()) {
        assertThat(read(List.of(each), "x")).isEqualTo(found(5));
      }
    }
  }

  @Test
  void aFollowerSendsClientsToTheLeader() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      nodes.leader();

      put(List.of(nodes.follower()), "x", 5);

      assertThat(read(nodes.all(), "x")).isEqualTo(found(5));
    }
  }

  @Test
  void aClientThatWantsNoRedirectIsRefused() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      nodes.leader();
      ClientOptions options =
          new ClientOptions(
              List.of(client(nodes.follower())),
              "test",
              ClientOptions.Redirects.REFUSE,
              Duration.ofSeconds(2));
      try (NodeClient client = new NodeClient(options)) {
        assertThat(client.unprotected(new Command.Put("x", Datum.of(1)), BUDGET))
            .isEqualTo(new ClientOutcome.Refused("not-leader", "this server does not lead"));
      }
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAllHaveEnded() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      nodes.leader();
      for (int i = 0; i < 20; i++) {
        put(nodes.all(), "k" + i, i);
      }

      ids(3).forEach(nodes::end);
      ids(3).forEach(id -> nodes.start(id, Configuration.ofVoters(3)));

      for (int i = 0; i < 20; i++) {
        assertThat(read(nodes.all(), "k" + i)).isEqualTo(found(i));
      }
    }
  }

  @Test
  void theOthersGoOnWithoutALeader() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      ServerId first = nodes.leader().options().node();
      put(nodes.all(), "x", 1);

      nodes.end(first);
      put(nodes.all(), "x", 2);
      nodes.start(first, Configuration.ofVoters(3));
      Node back = nodes.node(first);

      assertThat(read(List.of(back), "x")).isEqualTo(found(2));
    }
  }

  @Test
  void readsSeeWhatWasWrittenBeforeWhereverTheyAreAsked() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      nodes.leader();
      try (NodeClient writer = client(nodes.all())) {
        for (int i = 0; i < 30; i++) {
          assertThat(writer.command(new Command.Put("x", Datum.of(i)), BUDGET))
              .isEqualTo(new ClientOutcome.Answered(new Answer.Done()));
          assertThat(read(List.of(nodes.all().get(i % 3)), "x")).isEqualTo(found(i));
        }
      }
    }
  }

  @Test
  void aNodeThatMissedTooMuchIsGivenASnapshot() {
    try (TestNodes nodes = TestNodes.started(folder, 3, "snapshot-entries=20")) {
      ServerId away = nodes.follower().options().node();
      nodes.end(away);
      for (int i = 0; i < 60; i++) {
        put(nodes.all(), "k" + i, i);
      }
      Node leader = nodes.leader();
      Await.until(
          "the leader's log has been replaced",
          () -> Await.done(leader.status()).snapshot().index() > 20);

      nodes.start(away, Configuration.ofVoters(3));

      assertThat(read(List.of(nodes.node(away)), "k59")).isEqualTo(found(59));
      assertThat(Await.done(nodes.node(away).status()).snapshot().index()).isGreaterThan(20);
      assertThat(nodes.logged()).contains("snapshot-taken", "snapshot-installed");
    }
  }

  @Test
  void aNodeJoinsAndAnotherLeaves() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      put(nodes.all(), "x", 7);
      ServerId leader = nodes.leader().options().node();
      nodes.start(FOURTH, Configuration.NONE);

      change(nodes, new Ask.Membership(ids(3), List.of(FOURTH)));
      assertThat(read(List.of(nodes.node(FOURTH)), "x")).isEqualTo(found(7));
      List<ServerId> without = ids(4).stream().filter(id -> !id.equals(leader)).toList();
      change(nodes, new Ask.Membership(without, List.of()));
      nodes.end(leader);

      put(nodes.all(), "x", 8);
      assertThat(Await.done(nodes.leader().status()).server().configuration().voters())
          .isEqualTo(without);
    }
  }

  private static void change(TestNodes nodes, Ask change) {
    Await.until(
        "a changed membership",
        () ->
            nodes.all().stream()
                .anyMatch(
                    node -> Await.done(node.ask(change, 5_000_000_000L)) instanceof Reply.Done));
  }

  @Test
  void leadershipIsHandedOver() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      ServerId target = nodes.follower().options().node();

      change(nodes, new Ask.Transfer(target));

      assertThat(nodes.leader().options().node()).isEqualTo(target);
    }
  }

  @Test
  void aLeaderThatIsStoppedHandsOverAndLosesNothing() throws Exception {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      ServerId first = nodes.leader().options().node();
      List<Node> all = nodes.all();
      AtomicBoolean isOver = new AtomicBoolean();
      CompletableFuture<Long> acknowledged =
          CompletableFuture.supplyAsync(() -> addUntil(isOver, all));

      nodes.stop(first);
      Node second = nodes.leader();
      isOver.set(true);

      long total = Await.done(acknowledged);
      assertThat(total).isPositive();
      try (NodeClient client = client(List.of(second))) {
        assertThat(client.query(new Query.Total("c"), BUDGET)).isEqualTo(found(total));
      }
      assertThat(nodes.logged()).contains("\"reply\":\"Done[]\"");
    }
  }

  private static long addUntil(AtomicBoolean isOver, List<Node> nodes) {
    long added = 0;
    try (NodeClient client = client(nodes)) {
      while (!isOver.get() || added == 0) {
        ClientOutcome outcome = client.command(new Command.Add("c", 1), BUDGET);
        assertThat(outcome).isInstanceOf(ClientOutcome.Answered.class);
        added++;
      }
    }
    return added;
  }

  @Test
  void aNodeWhoseDiskFailsStopsServingAndSaysWhy() {
    try (TestNodes nodes = new TestNodes(folder, NodeOptions.Limits.DEFAULTS)) {
      ServerId id = new ServerId(1);
      Node node = nodes.start(id, Configuration.ofVoters(1));
      put(nodes.all(), "x", 1);

      node.troubleDisk(new TroubledFiles.Trouble(TroubledFiles.Kind.FULL, 0));
      try (NodeClient client = client(nodes.all())) {
        ClientOutcome outcome = client.unprotected(new Command.Put("x", Datum.of(2)), BUDGET);

        assertThat(outcome).isInstanceOf(ClientOutcome.Unknown.class);
      }
      Node.End end = Await.done(node.end());
      assertThat(end).isInstanceOf(Node.End.Failed.class);
      assertThat(((Node.End.Failed) end).why()).hasMessageContaining("No space left");
      try (NodeClient late = client(nodes.all())) {
        assertThat(late.query(new Query.Get("x"), Duration.ofMillis(200)))
            .isInstanceOf(ClientOutcome.Refused.class);
      }
      nodes.end(id);
      assertThat(nodes.logged()).contains("storage-failed").contains("No space left");

      nodes.start(id, Configuration.ofVoters(1));
      assertThat(read(nodes.all(), "x")).isEqualTo(found(1));
    }
  }

  @Test
  void aNodeOfAnotherClusterIsRefusedWithTheReason() {
    try (TestNodes nodes = TestNodes.started(folder, 1);
        TestNodes others = new TestNodes("others", folder, NodeOptions.Limits.DEFAULTS)) {
      Node stranger = others.start(new ServerId(2), Configuration.ofVoters(2));

      stranger.tell(new ServerId(1), nodes.leader().ports().peer().address());

      Await.until(
          "both have said why",
          () ->
              nodes.logged().contains("it is of the cluster 'others', this server of 'test'")
                  && others.logged().contains("the peer refused: it is of the cluster 'others'"));
    }
  }

  @Test
  void aCandidateDoesNotDisturbAClusterThatItIsNoMemberOf() {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      long term = Await.done(nodes.leader().status()).server().term();

      nodes.start(FOURTH, Configuration.NONE);
      put(nodes.all(), "x", 1);

      Status fourth = Await.done(nodes.node(FOURTH).status()).server();
      assertThat(fourth.role()).isEqualTo(Status.RoleName.FOLLOWER);
      assertThat(Await.done(nodes.node(new ServerId(1)).status()).server().term()).isEqualTo(term);
    }
  }

  private static List<ServerId> ids(int count) {
    return Configuration.ofVoters(count).voters();
  }

  private static void put(List<Node> nodes, String key, long value) {
    try (NodeClient client = client(nodes)) {
      assertThat(client.command(new Command.Put(key, Datum.of(value)), BUDGET))
          .isEqualTo(new ClientOutcome.Answered(new Answer.Done()));
    }
  }

  private static ClientOutcome read(List<Node> nodes, String key) {
    try (NodeClient client = client(nodes)) {
      return client.query(new Query.Get(key), BUDGET);
    }
  }

  private static ClientOutcome found(long value) {
    return new ClientOutcome.Answered(new Answer.Found(Datum.of(value)));
  }

  private static NodeClient client(List<Node> nodes) {
    return new NodeClient(ClientOptions.of(nodes.stream().map(NodeTest::client).toList()));
  }

  private static String client(Node node) {
    return node.ports().client().address().toString();
  }
}
