package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerLeftovers;
import dev.labrys.cluster.container.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our own server in real containers, spoken to over HTTP as by anybody.
///
/// Without an engine the tests are skipped, saying why; with `-Dcontainers=required` they fail.
@Tag("containers")
@Timeout(600)
final class RaftInContainersTest {
  private static final NodeId SPARE = NodeId.numbered(4);

  @TempDir private Path folder;

  @Test
  void aClusterSurvivesTheDeathOfItsLeader() throws IOException {
    try (ContainerCluster cluster = RaftContainers.start(RaftContainers.engine(), folder);
        RaftOverHttp raft = RaftContainers.over(cluster)) {
      List<NodeId> members = without(cluster.nodes(), SPARE);
      NodeId first = raft.leader(members);
      raft.write(members, 1);
      for (NodeId node : members) {
        assertThat(raft.read(node)).isEqualTo(RaftOverHttp.found(1));
      }

      cluster.pull(Lever.KILL, first);
      assertThat(cluster.state(first)).isEqualTo(NodeState.STOPPED);
      List<NodeId> rest = without(members, first);
      raft.write(rest, 2);
      cluster.pull(Lever.START, first);

      assertThat(raft.read(first)).isEqualTo(RaftOverHttp.found(2));
      pauseTheLeader(cluster, raft, members);
    }
  }

  private static void pauseTheLeader(
      ContainerCluster cluster, RaftOverHttp raft, List<NodeId> members) throws IOException {
    NodeId paused = raft.leader(members);

    cluster.pull(Lever.PAUSE, paused);
    raft.write(without(members, paused), 3);
    assertThat(cluster.state(paused)).isEqualTo(NodeState.PAUSED);
    cluster.pull(Lever.RESUME, paused);

    assertThat(raft.read(paused)).isEqualTo(RaftOverHttp.found(3));
  }

  @Test
  void whoWasAwayForLongComesBackByASnapshot() throws IOException {
    try (ContainerCluster cluster = RaftContainers.start(RaftContainers.engine(), folder);
        RaftOverHttp raft = RaftContainers.over(cluster)) {
      List<NodeId> members = without(cluster.nodes(), SPARE);
      raft.write(members, 1);
      NodeId away = without(members, raft.leader(members)).getFirst();
      long last = raft.committed(away);
      cluster.pull(Lever.KILL, away);

      List<NodeId> rest = without(members, away);
      for (int value = 2; value <= 60; value++) {
        raft.write(rest, value);
      }
      for (NodeId node : rest) {
        RaftOverHttp.until(
            node + " has replaced what the other one lacks", () -> raft.snapshot(node) > last);
      }
      cluster.pull(Lever.START, away);

      assertThat(raft.read(away)).isEqualTo(RaftOverHttp.found(60));
      assertThat(said(cluster, away)).contains("\"event\":\"snapshot-installed\"");
    }
  }

  @Test
  void oneServerTakesThePlaceOfAnotherAndNothingIsLeftBehind() throws IOException {
    Engine engine = RaftContainers.engine();
    String run;
    try (ContainerCluster cluster = RaftContainers.start(engine, folder);
        RaftOverHttp raft = RaftContainers.over(cluster)) {
      run = cluster.run();
      List<NodeId> members = without(cluster.nodes(), SPARE);
      raft.write(members, 1);
      NodeId leaving = raft.leader(members);
      List<NodeId> target = without(cluster.nodes(), leaving);

      cluster.pull(Lever.START, SPARE);
      raft.change(members, members, List.of(SPARE));
      raft.change(cluster.nodes(), target, List.of());
      cluster.pull(Lever.STOP, leaving);
      raft.write(target, 2);
      assertThat(raft.read(SPARE)).isEqualTo(RaftOverHttp.found(2));

      for (NodeId node : cluster.nodes()) {
        cluster.pull(Lever.STOP, node);
        assertThat(cluster.state(node)).isEqualTo(NodeState.STOPPED);
        assertThat(said(cluster, node)).contains("\"event\":\"stopped\"");
      }
      assertThat(of(run, engine)).hasSize(9);
    }

    assertThat(of(run, engine)).isEmpty();
  }

  @Test
  void whatAKilledRunnerLeavesIsRemoved() throws IOException {
    Engine engine = RaftContainers.engine();
    Process runner = LonelyContainerRunner.start(folder);
    ContainerLeftovers leftovers = new ContainerLeftovers(engine);
    try {
      String run = runner.inputReader().readLine();
      assertThat(run).isNotNull();
      assertThat(leftovers.find(Sweep.ORPHANS)).noneMatch(name -> name.contains(run));

      runner.destroyForcibly().onExit().join();

      // Three containers, four volumes, and a network.
      assertThat(of(run, engine)).hasSize(8);
      assertThat(leftovers.find(Sweep.ORPHANS)).containsAll(of(run, engine));
      assertThat(leftovers.remove(Sweep.ORPHANS)).anyMatch(name -> name.contains(run));
      assertThat(of(run, engine)).isEmpty();
    } finally {
      runner.destroyForcibly().onExit().join();
      leftovers.remove(Sweep.ORPHANS);
    }
  }

  /// All that the engine has of a run.
  private static List<String> of(String run, Engine engine) throws IOException {
    return new ContainerLeftovers(engine)
        .find(Sweep.ALL).stream().filter(name -> name.contains(run)).toList();
  }

  private static List<NodeId> without(List<NodeId> nodes, NodeId one) {
    return nodes.stream().filter(node -> !node.equals(one)).toList();
  }

  private static String said(ContainerCluster cluster, NodeId node) throws IOException {
    return Files.readString(cluster.log(node).orElseThrow());
  }
}
