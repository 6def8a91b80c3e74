package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.machine.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Any program on a disk of its own. Skipped, saying why, where there can be none.
@Timeout(120)
final class PowerLossTest {
  private static final NodeId N1 = NodeId.numbered(1);

  /// One that syncs some of what it writes.
  private static final Sleeper WRITER =
      new Sleeper(
          """
          echo start >>starts; sync starts
          echo kept >kept; sync kept; sync .
          echo lost >lost
          echo READY; exec sleep 1000
          """);

  @TempDir private Path folder;

  private ProcessCluster start() throws IOException {
    ProcessCluster cluster =
        ProcessCluster.start(
            ProcessOptions.of(folder.resolve("run"), 2, folder.resolve("registry"))
                .providing(Set.of(Provision.OWN_DISKS)),
            WRITER);
    Optional<String> reason = cluster.capabilities().reasonAgainst(Capability.LOSE_UNSYNCED_WRITES);
    if (reason.isPresent()) {
      cluster.close();
      Assumptions.abort(reason.get());
    }
    return cluster;
  }

  @Test
  void aLossOfPowerLosesExactlyWhatWasNotSynced() throws IOException {
    try (ProcessCluster cluster = start()) {
      Path data = cluster.data(N1).orElseThrow();

      cluster.pull(Lever.CUT_POWER, N1);

      assertThat(cluster.state(N1)).isEqualTo(NodeState.STOPPED);
      assertThat(data.resolve("kept")).hasContent("kept");
      assertThat(data.resolve("lost")).doesNotExist();
      cluster.pull(Lever.START, N1);
      assertThat(data.resolve("starts")).hasContent("start\nstart");
      assertThat(cluster.data(NodeId.numbered(2)).orElseThrow().resolve("lost")).hasContent("lost");
    }
  }

  @Test
  void aKillLosesNothing() throws IOException {
    try (ProcessCluster cluster = start()) {
      Path data = cluster.data(N1).orElseThrow();

      cluster.pull(Lever.KILL, N1);

      assertThat(data.resolve("lost")).hasContent("lost");
    }
  }

  @Test
  void aDiskStaysFullThroughALossOfPower() throws IOException {
    try (ProcessCluster cluster = start()) {
      Path data = cluster.data(N1).orElseThrow();
      cluster.surround(N1, Surroundings.USUAL.with(Surroundings.Disk.FULL));

      cluster.pull(Lever.CUT_POWER, N1);

      assertThat(Files.getFileStore(data).getUsableSpace()).isLessThan(1 << 16);
      cluster.surround(N1, Surroundings.USUAL);
      assertThat(Files.getFileStore(data).getUsableSpace()).isGreaterThan(1 << 20);
    }
  }
}
