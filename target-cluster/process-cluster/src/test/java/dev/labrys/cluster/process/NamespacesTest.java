package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Skipped, with the reason, where nobody may make network namespaces.
@Timeout(120)
final class NamespacesTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);

  @TempDir private Path folder;

  @BeforeAll
  static void namespacesAreThere() {
    Namespaces.complaint().ifPresent(Assumptions::abort);
  }

  private Path registry() {
    return folder.resolve("registry");
  }

  private List<String> notes() throws IOException {
    try (Stream<Path> files = Files.list(registry())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// The names of all namespaces and links of this machine that are called after the only network
  /// in the registry.
  private static List<String> remains(String id) throws IOException {
    try (Stream<Path> namespaces = Files.list(Path.of("/var/run/netns"));
        Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
      return Stream.concat(namespaces, links)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(id))
          .toList();
    }
  }

  private String id() throws IOException {
    String note =
        notes().stream().filter(name -> name.startsWith("network-")).findFirst().orElseThrow();
    return note.substring("network-".length(), note.indexOf('.'));
  }

  private ProcessOptions options() {
    return ProcessOptions.of(folder.resolve("run"), 2, registry())
        .in(ProcessOptions.Network.NAMESPACES);
  }

  @Test
  void everyNodeHasAnAddressOfItsOwn() throws IOException {
    String id;
    try (ProcessCluster cluster = ProcessCluster.start(options(), Sleeper.LOOKING_AROUND)) {
      id = id();
      Address first = cluster.address(N1, new Party.Clients());
      Address second = cluster.address(N2, new Party.Clients());
      assertThat(first.host()).isNotEqualTo(second.host());
      assertThat(first.port()).isEqualTo(second.port());
      assertThat(cluster.own(N1, Program.PEER_PORT).host()).isEqualTo(first.host());
      assertThat(cluster.log(N1).orElseThrow())
          .content()
          .contains(first.host())
          .doesNotContain(second.host());
      assertThat(remains(id)).hasSize(4);

      cluster.pull(Lever.KILL, N1);
      cluster.pull(Lever.START, N1);
      assertThat(cluster.address(N1, new Party.Clients())).isEqualTo(first);
    }

    assertThat(remains(id)).isEmpty();
    assertThat(notes()).isEmpty();
  }

  @Test
  void whatAKilledRunnerLeavesIsRemoved() throws IOException {
    Process runner =
        LonelyRunner.start(folder.resolve("run"), registry(), ProcessOptions.Network.NAMESPACES);
    String id = id();
    ProcessLeftovers leftovers = new ProcessLeftovers(registry());
    try {
      assertThat(leftovers.find(Sweep.ORPHANS)).isEmpty();
    } finally {
      runner.destroyForcibly().onExit().join();
    }

    assertThat(remains(id)).hasSize(4);
    assertThat(leftovers.find(Sweep.ORPHANS))
        .contains("network labrys-%s of %s".formatted(id, folder.resolve("run")));
    assertThat(leftovers.remove(Sweep.ORPHANS)).hasSize(3);
    assertThat(remains(id)).isEmpty();
    assertThat(notes()).isEmpty();
  }

  @Test
  void aRunnerThatIsAskedToEndLeavesNoNetwork() throws IOException {
    Process runner =
        LonelyRunner.start(folder.resolve("run"), registry(), ProcessOptions.Network.NAMESPACES);
    String id;
    try {
      id = id();
    } finally {
      runner.destroy();
      runner.onExit().join();
    }

    assertThat(remains(id)).isEmpty();
    assertThat(notes()).noneMatch(note -> note.startsWith("network-"));
  }
}
