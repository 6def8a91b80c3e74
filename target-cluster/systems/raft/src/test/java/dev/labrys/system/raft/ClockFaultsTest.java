package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.machine.Provision;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Wall clocks of real servers that are wrong, as the servers themselves tell. Skipped, saying why,
/// where the library for it is not installed.
@ParameterizedClass
@EnumSource(RealCluster.Deployment.class)
@Timeout(600)
final class ClockFaultsTest {
  private static final Seed SEED = new Seed(20_265);
  private static final NodeId N2 = NodeId.numbered(2);

  /// As far as a node may seem off that is not: its answer takes its time.
  private static final long SLACK = 10_000;

  private final RealCluster.Deployment deployment;
  @TempDir private Path folder;
  private RealCluster three;
  private List<NodeId> nodes;

  ClockFaultsTest(RealCluster.Deployment deployment) {
    this.deployment = deployment;
  }

  @BeforeEach
  void start() throws IOException {
    three = RealCluster.start(deployment, folder, Links.direct(), Set.of(Provision.MOVABLE_CLOCKS));
    nodes = three.members();
  }

  @AfterEach
  void end() throws IOException {
    if (three != null) {
      three.close();
      try (Stream<Path> left = Files.list(folder.resolve("run"))) {
        assertThat(left).noneMatch(file -> file.toString().contains("clock"));
      }
    }
  }

  /// How far `node` is ahead of this machine, in milliseconds.
  private long ahead(NodeId node) {
    long shown =
        RaftOverHttp.found(
            "the clock of " + node,
            () -> three.cluster().clockMillis(node).stream().boxed().findFirst());
    return shown - System.currentTimeMillis();
  }

  private void assertThatAllAreRight() {
    for (NodeId each : nodes) {
      assertThat(ahead(each)).isBetween(-SLACK, SLACK);
    }
  }

  @Test
  void aClockThatJumpsIsSeenByItsNodeAlone() throws IOException {
    three.assume(Capability.SHIFT_CLOCK);
    assertThatAllAreRight();
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. clock-jump:target=n2,offset=-1h", "0s.. clock-jump:target=n3,offset=2h");
      ordeal.await(Incident.Phase.IN_FORCE, 2);

      assertThat(ahead(N2)).isBetween(-3_600_000 - SLACK, -3_600_000 + SLACK);
      assertThat(ahead(nodes.getLast())).isBetween(7_200_000 - SLACK, 7_200_000 + SLACK);
      assertThat(ahead(nodes.getFirst())).isBetween(-SLACK, SLACK);
      three.raft().write(nodes, 1);
      ordeal.heal();
    }
    assertThatAllAreRight();
    three.raft().write(nodes, 2);
  }

  /// The node that starts while its clock is wrong, and the one whose clock is set while it is
  /// paused, have the wrong time as well.
  @Test
  void aClockStaysWrongWhateverItsNodeDoes() throws IOException {
    three.assume(Capability.SHIFT_CLOCK);
    NodeId n3 = nodes.getLast();
    three.cluster().pull(Lever.PAUSE, n3);
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. clock-jump:target=n2+n3,offset=1h", "0s..1s kill:target=n2");
      ordeal.await(Incident.Phase.HEALED, 1);
      three.cluster().pull(Lever.RESUME, n3);

      assertThat(ahead(N2)).isBetween(3_600_000 - SLACK, 3_600_000 + SLACK);
      assertThat(ahead(n3)).isBetween(3_600_000 - SLACK, 3_600_000 + SLACK);
      ordeal.heal();
    }
    assertThatAllAreRight();
  }

  @Test
  void aClockThatDriftsIsFurtherAndFurtherAheadUntilItIsHealed() throws IOException {
    three.assume(Capability.SHIFT_CLOCK);
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. clock-drift:target=n2,rate=99%");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      long first = ahead(N2);
      RaftOverHttp.until("it has drifted", () -> ahead(N2) > first + 1_500);
      ordeal.heal();
    }
    assertThatAllAreRight();
  }

  @Test
  void aClockThatStrobesJumpsToAndFro() throws IOException {
    three.assume(Capability.SHIFT_CLOCK);
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. clock-strobe:target=n2,offset=1h,period=400ms");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      for (int jumps = 0; jumps < 3; jumps++) {
        RaftOverHttp.until("it is ahead", () -> ahead(N2) > 1_800_000);
        RaftOverHttp.until("it is right", () -> ahead(N2) < 1_800_000);
      }
      ordeal.heal();
    }
    assertThatAllAreRight();
  }
}
