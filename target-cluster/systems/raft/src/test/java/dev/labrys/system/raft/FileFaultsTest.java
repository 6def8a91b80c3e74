package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Lever;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of real servers that change while they are down. Where this user may not change what an
/// engine keeps, that is skipped, saying so.
@ParameterizedClass
@EnumSource(RealCluster.Deployment.class)
@Timeout(600)
final class FileFaultsTest {
  private static final Seed SEED = new Seed(20_269);
  private static final NodeId N2 = NodeId.numbered(2);

  private final RealCluster.Deployment deployment;
  @TempDir private Path folder;
  private RealCluster three;
  private List<NodeId> nodes;

  FileFaultsTest(RealCluster.Deployment deployment) {
    this.deployment = deployment;
  }

  @BeforeEach
  void start() throws IOException {
    three = RealCluster.start(deployment, folder, Links.direct(), Set.of(Provision.BACK_UPS));
    three.assume(Capability.DAMAGE_FILES);
    nodes = three.members();
    for (int value = 1; value <= 5; value++) {
      three.raft().write(nodes, value);
    }
    assertThat(three.raft().read(N2)).isEqualTo(RaftOverHttp.found(5));
  }

  @AfterEach
  void end() throws IOException {
    if (three != null) {
      three.close();
      try (Stream<Path> left = Files.list(folder.resolve("run"))) {
        assertThat(left.map(file -> file.getFileName().toString()))
            .allMatch(name -> name.matches("n[1-4](.log)?"));
      }
    }
  }

  private String said() throws IOException {
    return Files.readString(three.cluster().log(N2).orElseThrow());
  }

  private String lastStart() throws IOException {
    return said().lines().filter(line -> line.contains("\"event\":\"start\"")).toList().getLast();
  }

  /// Lets something happen to n2, which must be down then, and be healed, whereupon it serves.
  ///
  /// @return what is said about the healing
  private String ordeal(String fault) throws IOException {
    return ordeal(fault, () -> {});
  }

  /// What a test does once the nemesis is done.
  private interface Afterwards {
    void happens() throws IOException;
  }

  /// A leader does not tell a member again what that has told to have.
  private void changeTheLeader() throws IOException {
    NodeId old = three.raft().leader(nodes);
    three.cluster().pull(Lever.KILL, old);
    three.raft().write(nodes, 6);
    three.cluster().pull(Lever.START, old);
  }

  private String ordeal(String fault, Afterwards afterwards) throws IOException {
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play("0s.. " + fault);
      ordeal.await(Incident.Phase.IN_FORCE, 1);
      assertThat(three.cluster().state(N2)).isEqualTo(NodeState.STOPPED);
      three.raft().write(nodes, 6);

      ordeal.heal();
      afterwards.happens();
      assertThat(three.raft().read(N2)).isEqualTo(RaftOverHttp.found(6));
      return ordeal.details(Incident.Phase.HEALED).getFirst();
    }
  }

  @Test
  void aFlippedBitIsRefusedWhereverItIsAndTheSoundFileServes() throws IOException {
    assertThat(ordeal("damage:target=n2,file=log,how=flipped"))
        .contains("log-0000000001 is damaged at byte 0");
    assertThat(ordeal("damage:target=n2,file=vote,how=flipped")).contains("state is damaged at");
    assertThat(ordeal("damage:target=n2,file=snapshot,how=flipped"))
        .contains("snapshot is damaged at");
  }

  @Test
  void halfAFileIsRefused() throws IOException {
    assertThat(ordeal("damage:target=n2,file=vote,how=cut")).contains("state is damaged at");
    assertThat(ordeal("damage:target=n2,file=snapshot,how=cut")).contains("snapshot is damaged at");
  }

  @Test
  void aTornLastWriteIsCutOff() throws IOException {
    assertThat(ordeal("damage:target=n2,file=log,how=torn")).isEmpty();

    assertThat(said()).contains("the last write was not complete");
  }

  @Test
  void whoForgetsEverythingIsToldItAgainByTheNextLeader() throws IOException {
    assertThat(ordeal("wipe:target=n2", this::changeTheLeader)).isEmpty();

    assertThat(lastStart()).contains("\"stored-term\":0", "\"entries\":0");
  }

  @Test
  void anOldBackUpIsWhatTheNodeWasLastStartedWith() throws IOException {
    three.cluster().pull(Lever.KILL, N2);
    three.cluster().pull(Lever.START, N2);
    assertThat(ordeal("roll-back:target=n2", this::changeTheLeader)).isEmpty();

    assertThat(lastStart()).doesNotContain("\"stored-term\":0");
  }

  /// The harm that comes first counts, and the files from before it are those that are kept.
  @Test
  void harmOverlapsWithOtherFaults() throws IOException {
    try (Ordeal ordeal = new Ordeal(three.cluster(), nodes, SEED)) {
      ordeal.play(
          "0s..600ms damage:target=n2,file=vote,how=flipped",
          "200ms..1s damage:target=n2,file=log,how=flipped",
          "300ms..800ms kill:target=n2",
          "400ms..900ms pause:target=n2");
      ordeal.await(Incident.Phase.HEALED, 4);
      ordeal.heal();
    }
    three.raft().write(nodes, 6);
    assertThat(three.raft().read(N2)).isEqualTo(RaftOverHttp.found(6));
  }
}
