package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.machine.KernelLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Packets that the kernel loses and delays, as nodes feel it. Skipped, with the reason, where it
/// can't.
@Timeout(300)
final class KernelPacketsTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final Way WAY = Way.between(N1, N2);
  private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(60);
  private static final long JITTER = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @TempDir private Path folder;

  @BeforeAll
  static void thereAreKernelLinks() {
    Namespaces.complaint()
        .or(() -> KernelLinks.probe().reasonAgainst(Capability.DROP_PACKETS))
        .ifPresent(Assumptions::abort);
  }

  private ProcessCluster start(KernelLinks links) throws IOException {
    return ProcessCluster.start(
        ProcessOptions.of(folder.resolve("run"), 2, folder.resolve("registry"))
            .withLinks(links)
            .in(ProcessOptions.Network.NAMESPACES),
        new Talker());
  }

  @Test
  void lostPacketsAreSentAgainAndNoneIsLostAfterTheHeal() throws IOException {
    try (KernelLinks links = KernelLinks.begin();
        ProcessCluster cluster = start(links)) {
      Talker.awaitHeard(cluster, N1, N2);
      assertThat(links.lost()).isZero();

      cluster.network(Map.of(WAY, new Passage.Lossy(200_000, 0, 0)));

      int heard = 0;
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (heard < 5 || links.lost() < 5) {
        assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
        heard += Talker.hears(cluster, N1, N2) ? 1 : 0;
      }

      cluster.network(Map.of());

      long lost = links.lost();
      for (int i = 0; i < 50; i++) {
        Talker.awaitHeard(cluster, N1, N2);
      }
      assertThat(links.lost()).isEqualTo(lost);
      assertThat(links.dropped()).isZero();
    }
  }

  /// Also those of a node that was started anew.
  @Test
  void packetsAreLateUntilThatIsHealed() throws IOException {
    KernelLinks.probe().reasonAgainst(Capability.DELAY_LINKS).ifPresent(Assumptions::abort);
    try (KernelLinks links = KernelLinks.begin();
        ProcessCluster cluster = start(links)) {
      Talker.awaitHeard(cluster, N1, N2);
      assertThat(links.delayed()).isZero();

      cluster.network(Map.of(WAY, new Passage.Late(DELAY, JITTER)));
      talkAndLookAtTheClock(cluster, N1, N2);
      cluster.pull(Lever.KILL, N2);
      cluster.pull(Lever.START, N2);
      talkAndLookAtTheClock(cluster, N2, N1);
      assertThat(links.delayed()).isPositive();

      cluster.network(Map.of());

      long delayed = links.delayed();
      for (int i = 0; i < 20; i++) {
        Talker.awaitHeard(cluster, N2, N1);
      }
      assertThat(links.delayed()).isEqualTo(delayed);
    }
  }

  private static void talkAndLookAtTheClock(ProcessCluster cluster, NodeId from, NodeId to)
      throws IOException {
    for (int i = 0; i < 5; i++) {
      long before = System.nanoTime();
      Talker.awaitHeard(cluster, from, to);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(DELAY - JITTER);
    }
  }
}
