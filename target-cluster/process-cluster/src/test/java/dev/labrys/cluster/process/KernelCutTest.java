package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.machine.KernelLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Cuts by the kernel, as nodes feel them. Skipped, with the reason, where there can be none.
@Timeout(300)
final class KernelCutTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final NodeId N3 = NodeId.numbered(3);
  private static final Map<Way, Passage> FIRST_FROM_SECOND =
      Map.of(Way.between(N1, N2), Passage.Shut.HELD, Way.between(N2, N1), Passage.Shut.HELD);

  @TempDir private Path folder;

  @BeforeAll
  static void theKernelDropsPackets() {
    Namespaces.complaint()
        .or(() -> KernelLinks.probe().reasonAgainst(Capability.CUT_LINKS))
        .ifPresent(Assumptions::abort);
  }

  private ProcessOptions options() {
    return ProcessOptions.of(folder.resolve("run"), 3, folder.resolve("registry"));
  }

  @Test
  void aCutPassesNoByteUntilItIsHealed() throws IOException {
    try (KernelLinks links = KernelLinks.begin();
        ProcessCluster cluster =
            ProcessCluster.start(
                options().withLinks(links).in(ProcessOptions.Network.NAMESPACES), new Talker())) {
      Talker.awaitHeard(cluster, N1, N2);
      Talker.awaitHeard(cluster, N1, N3);
      assertThat(links.dropped()).isZero();

      cluster.network(FIRST_FROM_SECOND);

      assertThat(Talker.hears(cluster, N1, N2)).isFalse();
      assertThat(Talker.hears(cluster, N2, N1)).isFalse();
      assertThat(links.dropped()).isPositive();
      Talker.awaitHeard(cluster, N1, N3);
      Talker.awaitHeard(cluster, N2, N3);

      cluster.network(Map.of());

      Talker.awaitHeard(cluster, N1, N2);
      long dropped = links.dropped();
      Talker.awaitHeard(cluster, N1, N2);
      assertThat(links.dropped()).isEqualTo(dropped);
    }
  }

  @Test
  void whatItCannotDoIsRefusedWithTheReason() throws IOException {
    try (KernelLinks links = KernelLinks.begin();
        ProcessCluster cluster =
            ProcessCluster.start(
                options().withLinks(links).in(ProcessOptions.Network.NAMESPACES), new Talker())) {
      assertThat(cluster.capabilities().has(Capability.CUT_LINKS)).isTrue();
      assertThat(cluster.capabilities().reasonAgainst(Capability.CUT_ONE_WAY).orElseThrow())
          .contains("stop TCP in both");
      assertThat(cluster.capabilities().reasonAgainst(Capability.DROP_MESSAGES).orElseThrow())
          .contains("comes again");
      assertThatThrownBy(() -> cluster.network(Map.of(Way.between(N1, N2), Passage.Shut.HELD)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("stop TCP in both");
      assertThatThrownBy(() -> cluster.network(Map.of(Way.between(N1, N2), Passage.Shut.RESET)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("packets are dropped or late");
      assertThat(links.dropped()).isZero();
    }
  }

  @Test
  void nodesThatShareAnAddressCannotBeToldApart() throws IOException {
    try (KernelLinks links = KernelLinks.begin()) {
      assertThatThrownBy(() -> ProcessCluster.start(options().withLinks(links), new Talker()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("addresses");
    }
  }
}
