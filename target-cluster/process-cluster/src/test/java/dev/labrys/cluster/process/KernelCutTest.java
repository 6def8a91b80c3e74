package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.machine.KernelLinks;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
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

  private static boolean hears(ProcessCluster cluster, NodeId from, NodeId to) throws IOException {
    Address client = cluster.address(from, new Party.Clients());
    Address peer = cluster.address(to, new Party.Member(from));
    try (Socket socket = new Socket(client.host(), client.port())) {
      socket
          .getOutputStream()
          .write("%s %d".formatted(peer.host(), peer.port()).getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.equals("heard");
    }
  }

  @Test
  void aCutPassesNoByteUntilItIsHealed() throws IOException {
    try (KernelLinks links = KernelLinks.begin();
        ProcessCluster cluster =
            ProcessCluster.start(
                options().withLinks(links).in(ProcessOptions.Network.NAMESPACES), new Talker())) {
      awaitHeard(cluster, N1, N2);
      awaitHeard(cluster, N1, N3);
      assertThat(links.dropped()).isZero();

      cluster.network(FIRST_FROM_SECOND);

      assertThat(hears(cluster, N1, N2)).isFalse();
      assertThat(hears(cluster, N2, N1)).isFalse();
      assertThat(links.dropped()).isPositive();
      awaitHeard(cluster, N1, N3);
      awaitHeard(cluster, N2, N3);

      cluster.network(Map.of());

      awaitHeard(cluster, N1, N2);
      long dropped = links.dropped();
      awaitHeard(cluster, N1, N2);
      assertThat(links.dropped()).isEqualTo(dropped);
    }
  }

  /// On the same connection as before: TCP tries again by and by.
  private static void awaitHeard(ProcessCluster cluster, NodeId from, NodeId to)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!hears(cluster, from, to)) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
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
      assertThat(cluster.capabilities().has(Capability.DELAY_LINKS)).isFalse();
      assertThatThrownBy(() -> cluster.network(Map.of(Way.between(N1, N2), Passage.Shut.HELD)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("stop TCP in both");
      assertThatThrownBy(() -> cluster.network(Map.of(Way.between(N1, N2), new Passage.Late(1, 0))))
          .isInstanceOf(UnsupportedOperationException.class);
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

  /// Starts a [TalkingNode].
  private record Talker() implements Program {
    @Override
    public String name() {
      return "talker";
    }

    @Override
    public List<String> ports() {
      return List.of(PEER_PORT, CLIENT_PORT);
    }

    @Override
    public Launch launch(Site site) {
      Address client = site.listen(CLIENT_PORT);
      return new Launch(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              TalkingNode.class.getName(),
              client.host(),
              Integer.toString(client.port()),
              Integer.toString(site.listen(PEER_PORT).port())),
          new TreeMap<>(),
          new Readiness.Line("READY"));
    }
  }
}
