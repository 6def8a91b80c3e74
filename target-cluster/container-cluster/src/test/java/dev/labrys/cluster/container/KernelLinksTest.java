package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.HttpProbe;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.machine.KernelLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the kernel does to packets, as containers and their clients feel it. Skipped, with the
/// reason, where it can't.
@Containers
@Timeout(300)
final class KernelLinksTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final NodeId N3 = NodeId.numbered(3);
  private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(60);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final HttpProbe HTTP = new HttpProbe(Duration.ofSeconds(2));

  @TempDir private Path folder;

  /// Whether a client hears from `from` what that hears from `to`.
  private static boolean hears(ContainerCluster cluster, NodeId from, NodeId to) {
    return HTTP.succeeds(
        cluster.address(from, new Party.Clients()),
        "/ask/" + cluster.address(to, new Party.Member(from)));
  }

  private static void awaitHeard(ContainerCluster cluster, NodeId from, NodeId to) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!hears(cluster, from, to)) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
    }
  }

  @Test
  void aCutPassesNoByteUntilItIsHealed() throws IOException {
    KernelLinks.probe().reasonAgainst(Capability.CUT_LINKS).ifPresent(Assumptions::abort);
    Engine engine = Engine.find();
    try (KernelLinks links = KernelLinks.begin();
        ContainerCluster cluster =
            ContainerCluster.start(
                engine,
                ContainerOptions.of(folder, 3, TestImage.ensure(engine)).withLinks(links),
                Inhabitant.NOTEBOOK)) {
      awaitHeard(cluster, N1, N2);
      assertThat(links.dropped()).isZero();

      cluster.network(
          Map.of(Way.between(N1, N2), Passage.Shut.HELD, Way.between(N2, N1), Passage.Shut.HELD));

      assertThat(hears(cluster, N1, N2)).isFalse();
      assertThat(links.dropped()).isPositive();
      // Whoever asks does nothing else until he is answered: n1 is busy now.
      awaitHeard(cluster, N3, N2);

      cluster.network(
          Map.of(Way.toNode(N3), Passage.Shut.HELD, Way.toClients(N3), Passage.Shut.HELD));

      long dropped = links.dropped();
      assertThat(HTTP.succeeds(cluster.address(N3, new Party.Clients()), "/starts")).isFalse();
      assertThat(links.dropped()).isGreaterThan(dropped);
      awaitHeard(cluster, N2, N3);

      cluster.network(Map.of());

      awaitHeard(cluster, N1, N2);
      awaitHeard(cluster, N3, N2);
    }
  }

  @Test
  void packetsAreLostAndLateUntilThatIsHealed() throws IOException {
    KernelLinks.probe().reasonAgainst(Capability.DROP_PACKETS).ifPresent(Assumptions::abort);
    KernelLinks.probe().reasonAgainst(Capability.DELAY_LINKS).ifPresent(Assumptions::abort);
    Engine engine = Engine.find();
    try (KernelLinks links = KernelLinks.begin();
        ContainerCluster cluster =
            ContainerCluster.start(
                engine,
                ContainerOptions.of(folder, 2, TestImage.ensure(engine)).withLinks(links),
                Inhabitant.NOTEBOOK)) {
      awaitHeard(cluster, N1, N2);
      assertThat(links.lost()).isZero();
      assertThat(links.delayed()).isZero();

      cluster.network(Map.of(Way.between(N1, N2), new Passage.Late(DELAY, 0)));

      for (int i = 0; i < 3; i++) {
        long before = System.nanoTime();
        awaitHeard(cluster, N1, N2);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(DELAY);
      }
      assertThat(links.delayed()).isPositive();

      cluster.network(Map.of(Way.between(N1, N2), new Passage.Lossy(200_000, 0, 0)));

      long delayed = links.delayed();
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (links.lost() < 3) {
        assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
        awaitHeard(cluster, N1, N2);
      }
      assertThat(links.delayed()).isEqualTo(delayed);

      cluster.network(Map.of());

      long lost = links.lost();
      for (int i = 0; i < 20; i++) {
        awaitHeard(cluster, N1, N2);
      }
      assertThat(links.lost()).isEqualTo(lost);
    }
  }
}
