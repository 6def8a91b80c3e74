package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.machine.Provision;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Disks of real servers that fail, by the server's own doing on any machine, and really where
/// there is root. What takes root is skipped without, saying why.
@ParameterizedClass
@EnumSource(DiskFaultsTest.Place.class)
@Timeout(600)
final class DiskFaultsTest {
  private static final Seed SEED = new Seed(20_267);
  private static final long MILLI = 1_000_000;
  private static final String WRITE =
      "{\"f\":\"write\",\"key\":\"x\",\"value\":\"%s\"}".formatted("x".repeat(500_000));

  private final Place place;

  /// A server that is left alone then writes down a new term now and then, which is how it finds
  /// out about its disk.
  private static final List<String> WITHOUT_PRE_VOTE = List.of("--raft-option", "pre-vote=false");

  @TempDir private Path folder;
  private RealCluster three;
  private List<NodeId> nodes;

  enum Place {
    PROCESSES(RealCluster.Deployment.PROCESSES, false),
    PROCESSES_WITH_DISKS(RealCluster.Deployment.PROCESSES, true),
    CONTAINERS(RealCluster.Deployment.CONTAINERS, false),
    CONTAINERS_WITH_DISKS(RealCluster.Deployment.CONTAINERS, true);

    private final RealCluster.Deployment deployment;
    private final boolean hasDisks;

    Place(RealCluster.Deployment deployment, boolean hasDisks) {
      this.deployment = deployment;
      this.hasDisks = hasDisks;
    }

    private Set<Provision> provisions() {
      return Set.of(hasDisks ? Provision.OWN_DISKS : Provision.SYNCED_COPIES);
    }
  }

  DiskFaultsTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void start() throws IOException {
    three =
        RealCluster.start(
            place.deployment, folder, Links.direct(), place.provisions(), WITHOUT_PRE_VOTE);
    nodes = three.members();
    if (place.hasDisks) {
      three.assume(Capability.LOSE_UNSYNCED_WRITES);
    }
    three.raft().write(nodes, 1);
  }

  @AfterEach
  void end() throws IOException {
    if (three != null) {
      three.close();
      if (place.hasDisks) {
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
            .doesNotContain(folder.toString());
      }
    }
  }

  private void assertThatAllHave(int value) {
    for (NodeId each : nodes) {
      assertThat(three.raft().read(each)).isEqualTo(RaftOverHttp.found(value));
    }
  }

  private boolean isAcknowledged() {
    // Each is asked, though one would do: it may not be known yet who leads.
    return nodes.stream().filter(node -> three.raft().isDone(node, WRITE)).count() > 0;
  }

  /// All servers end when they next write, saying why, and acknowledge nothing.
  ///
  /// @param writes that are acknowledged at most, as there is space that files have got already
  private void assertThatAllEnd(String fault, String reason, int writes) throws IOException {
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. " + fault);
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      int acknowledged = 0;
      while (isAcknowledged()) {
        acknowledged++;
      }
      assertThat(acknowledged).isLessThanOrEqualTo(writes);
      // Elections go on until each has had to write.
      for (NodeId each : nodes) {
        RaftOverHttp.until(
            each + " has ended", () -> three.cluster().state(each) == NodeState.STOPPED);
        assertThat(three.cluster().log(each).orElseThrow())
            .content()
            .contains("storage-failed", reason);
      }
      ordeal.heal();
    }
    three.raft().write(nodes, 3);
    assertThatAllHave(3);
  }

  @Test
  void aFullDiskEndsServersThatSaySoAndNothingIsLost() throws IOException {
    assertThatAllEnd("disk-full:target=all", "No space left on device", place.hasDisks ? 10 : 0);
  }

  @Test
  void aFailedSyncEndsServersThatSaySoAndNothingIsLost() throws IOException {
    assertThatAllEnd("disk-error:target=all", "Input/output error", 0);
  }

  @Test
  void aReadOnlyDiskEndsServersThatSaySoAndNothingIsLost() throws IOException {
    assertThatAllEnd("disk-read-only:target=all", "Read-only file system", 0);
  }

  @Test
  void whileDisksOfAMajorityStandStillNothingIsAcknowledged() throws IOException {
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. disk-stall:target=majority");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      assertThat(isAcknowledged()).isFalse();
      assertThat(nodes.stream().map(three.cluster()::state))
          .allMatch(state -> state == NodeState.RUNNING);
      ordeal.heal();
    }
    three.raft().write(nodes, 3);
    assertThatAllHave(3);
  }

  /// Nor does a stall keep anybody from being killed and paused.
  @Test
  void aStallOverlapsWithOtherFaults() throws IOException {
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play(
          "0s.. disk-stall:target=one", "100ms..1s pause:target=all", "1500ms..2s kill:target=all");
      ordeal.await(Incident.Phase.HEALED, 2);
      ordeal.heal();
    }
    three.raft().write(nodes, 2);
    assertThatAllHave(2);
  }

  @Test
  void aSlowDiskMakesWritesTakeLonger() throws IOException {
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. disk-slow:target=all,delay=300ms");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      long start = System.nanoTime();
      three.raft().write(nodes, 2);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300 * MILLI);
      ordeal.heal();
    }
    assertThatAllHave(2);
  }

  @Test
  void whatWasAcknowledgedOutlivesTheLossOfAllPower() throws IOException {
    three.assume(Capability.LOSE_UNSYNCED_WRITES);
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      IntStream.rangeClosed(2, 50).forEach(value -> three.raft().write(nodes, value));
      ordeal.play("0s..1s power-loss:target=all");
      ordeal.await(Incident.Phase.HEALED, 1);
      assertThatAllHave(50);

      ordeal.heal();
    }
    three.raft().write(nodes, 51);
    assertThatAllHave(51);
  }
}
