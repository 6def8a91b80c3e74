package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.machine.Provision;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Losses of power of real servers that keep a copy of what they have synced, which takes no root.
@Timeout(600)
// Each test starts its own cluster first.
@SuppressWarnings("NullAway.Init")
final class UnsyncedWritesTest {
  private static final String MARK = "written-and-not-synced";
  private static final String WRITE =
      "{\"f\":\"write\",\"key\":\"x\",\"value\":\"%s\"}".formatted(MARK);
  private static final String NOTHING = "{\"outcome\":\"ok\",\"value\":null}\n";

  private static final NodeFiles FLIPPED =
      new NodeFiles.Damaged(NodeFiles.Part.LOG, NodeFiles.Harm.FLIPPED);

  @TempDir private Path folder;
  private RealCluster three;
  private List<NodeId> nodes;

  private void start(
      RealCluster.Deployment deployment, Set<Provision> provisions, String... options)
      throws IOException {
    three = RealCluster.start(deployment, folder, Links.direct(), provisions, List.of(options));
    nodes = three.members();
  }

  @AfterEach
  void end() throws IOException {
    if (three != null) {
      three.close();
    }
  }

  private void pullAll(Lever lever) throws IOException {
    for (NodeId each : nodes) {
      three.cluster().pull(lever, each);
    }
  }

  private void surroundAll(Surroundings surroundings) throws IOException {
    for (NodeId each : nodes) {
      three.cluster().surround(each, surroundings);
    }
  }

  private void assertThatAllHave(String answer) {
    for (NodeId each : nodes) {
      assertThat(three.raft().read(each)).isEqualTo(answer);
    }
  }

  /// Whether the log of a node has the mark on it.
  private static boolean isMarked(Cluster cluster, NodeId node) {
    try {
      RaftProgram program = RaftProgram.ofThisJvm("any", List.of());
      Path data = cluster.data(node).orElseThrow();
      Path log = program.files(NodeFiles.Part.LOG, data).getLast();
      return Files.readString(log, StandardCharsets.ISO_8859_1).contains(MARK);
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }

  @ParameterizedTest
  @EnumSource(RealCluster.Deployment.class)
  void aKillLosesNothingAndALossOfPowerExactlyWhatWasNotSynced(RealCluster.Deployment deployment)
      throws IOException {
    start(deployment, Set.of(Provision.SYNCED_COPIES));
    three.assume(Capability.LOSE_UNSYNCED_WRITES);
    three.raft().write(nodes, 1);
    assertThatAllHave(RaftOverHttp.found(1));
    NodeId leader = three.raft().leader(nodes);
    surroundAll(Surroundings.USUAL.with(Surroundings.Disk.STALLED));
    RaftOverHttp.until(
        "the leader has written what it can't sync",
        () -> {
          three.raft().sendBriefly(leader, "/v1/command", WRITE);
          return isMarked(three.cluster(), leader);
        });

    three.cluster().pull(Lever.KILL, leader);
    assertThat(isMarked(three.cluster(), leader)).isTrue();
    pullAll(Lever.CUT_POWER);
    assertThat(isMarked(three.cluster(), leader)).isFalse();

    surroundAll(Surroundings.USUAL);
    pullAll(Lever.START);
    assertThatAllHave(RaftOverHttp.found(1));
    three.raft().write(nodes, 2);
    pullAll(Lever.CUT_POWER);
    pullAll(Lever.START);
    assertThatAllHave(RaftOverHttp.found(2));
  }

  @Test
  void whoSyncsNothingLosesWhatItAcknowledged() throws IOException {
    start(
        RealCluster.Deployment.PROCESSES,
        Set.of(Provision.SYNCED_COPIES),
        "--raft-option",
        "fsync=never");
    three.raft().write(nodes, 1);
    pullAll(Lever.KILL);
    pullAll(Lever.START);
    assertThatAllHave(RaftOverHttp.found(1));

    pullAll(Lever.CUT_POWER);
    pullAll(Lever.START);

    assertThatAllHave(NOTHING);
  }

  @Test
  void aLossOfPowerUndoesDamageThatIsOverAndThatIsSaid() throws IOException {
    start(RealCluster.Deployment.PROCESSES, Set.of(Provision.SYNCED_COPIES));
    NodeId down = nodes.getLast();
    three.raft().write(nodes, 1);
    three.cluster().pull(Lever.KILL, down);
    three.cluster().surround(down, Surroundings.USUAL.with(FLIPPED));
    three.cluster().surround(down, Surroundings.USUAL);
    assertThat(three.cluster().takeRemarks()).isEmpty();

    three.cluster().pull(Lever.CUT_POWER, down);

    assertThat(three.cluster().takeRemarks())
        .containsExactly(
            down
                + " lost power before it had seen what was done to its files, which may have"
                + " undone that");
    three.cluster().pull(Lever.START, down);
    assertThat(three.raft().read(down)).isEqualTo(RaftOverHttp.found(1));
    assertThat(three.cluster().takeRemarks()).isEmpty();
  }

  @Test
  void damageThatLastsIsDoneAgainAfterALossOfPower() throws IOException {
    start(RealCluster.Deployment.PROCESSES, Set.of(Provision.SYNCED_COPIES));
    three.raft().write(nodes, 1);
    NodeId down = nodes.getLast();

    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, new Seed(20_270))) {
      ordeal.play(
          "0s.. damage:target=%s,file=log,how=flipped".formatted(down),
          "1ms.. power-loss:target=%s".formatted(down));
      ordeal.await(Incident.Phase.IN_FORCE, 2);

      ordeal.heal();

      assertThat(ordeal.details(Incident.Phase.HEALED))
          .anySatisfy(detail -> assertThat(detail).contains("given its files back", "damaged"));
    }
    assertThat(three.raft().read(down)).isEqualTo(RaftOverHttp.found(1));
  }

  @Test
  void powerIsNotLostByNodesThatAreNotMadeReadyForIt() throws IOException {
    start(RealCluster.Deployment.PROCESSES, Set.of());

    assertThatThrownBy(() -> three.cluster().pull(Lever.CUT_POWER, nodes.getFirst()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("without disks of their own");
  }
}
