package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessClusterTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);

  @TempDir private Path folder;
  private Path registry = Path.of("");

  @BeforeEach
  void setUp() {
    registry = folder.resolve("registry");
  }

  private ProcessOptions options(int nodes) {
    return ProcessOptions.of(folder.resolve("run"), nodes, registry);
  }

  @Test
  void leversMoveNodes() throws IOException {
    try (ProcessCluster cluster = ProcessCluster.start(options(2), Sleeper.GOOD)) {
      assertThat(cluster.state(N1)).isEqualTo(NodeState.RUNNING);

      cluster.pull(Lever.PAUSE, N1);
      assertThat(cluster.state(N1)).isEqualTo(NodeState.PAUSED);
      assertThat(stateOfProcess()).contains("T");
      cluster.pull(Lever.RESUME, N1);
      assertThat(cluster.state(N1)).isEqualTo(NodeState.RUNNING);
      assertThat(stateOfProcess()).doesNotContain("T");
      cluster.pull(Lever.KILL, N1);
      assertThat(cluster.state(N1)).isEqualTo(NodeState.STOPPED);
      cluster.pull(Lever.START, N1);
      assertThat(cluster.state(N1)).isEqualTo(NodeState.RUNNING);
      cluster.pull(Lever.STOP, N2);
      assertThat(cluster.state(N2)).isEqualTo(NodeState.STOPPED);
    }

    assertThat(folder.resolve("run/n1/starts")).hasContent("started\nstarted");
    assertThat(registered()).isEmpty();
  }

  /// The letters by which the kernel tells what the nodes do.
  private String stateOfProcess() throws IOException {
    StringBuilder states = new StringBuilder();
    for (Path note : registered()) {
      long pid = Registration.read(note).orElseThrow().node().pid();
      Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(pid)).start();
      states.append(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }
    return states.toString();
  }

  private List<Path> registered() throws IOException {
    try (Stream<Path> files = Files.list(registry)) {
      return files.toList();
    }
  }

  @Test
  void aPausedNodeCanBeStopped() throws IOException {
    try (ProcessCluster cluster = ProcessCluster.start(options(1), Sleeper.GOOD)) {
      cluster.pull(Lever.PAUSE, N1);
      cluster.pull(Lever.STOP, N1);

      assertThat(cluster.state(N1)).isEqualTo(NodeState.STOPPED);
    }
  }

  @Test
  void aNodeThatEndsByItselfIsStopped() throws IOException {
    Sleeper brief = new Sleeper("mkfifo gate; echo READY; read word <gate");
    try (ProcessCluster cluster = ProcessCluster.start(options(1), brief)) {
      Path note = registered().getFirst();
      Files.writeString(folder.resolve("run/n1/gate"), "go\n");
      Registration.read(note)
          .flatMap(each -> each.node().find())
          .ifPresent(process -> process.onExit().join());

      assertThat(cluster.state(N1)).isEqualTo(NodeState.STOPPED);
    }
  }

  @Test
  void whoDoesNotServeIsNamedWithItsLastWords() throws IOException {
    Sleeper broken = new Sleeper("echo no disk space; exit 3");

    assertThatThrownBy(() -> ProcessCluster.start(options(2), broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("n1 ended with exit code 3")
        .hasMessageContaining("no disk space");
    assertThat(registered()).isEmpty();
  }

  @Test
  void whoIsSilentIsGivenUp() throws IOException {
    Sleeper silent = new Sleeper("echo hello; exec sleep 1000");
    ProcessOptions hasty =
        new ProcessOptions(
            folder.resolve("run"),
            List.of(N1),
            List.of(),
            registry,
            Links.direct(),
            Duration.ofMillis(50));

    assertThatThrownBy(() -> ProcessCluster.start(hasty, silent))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("given up");
    assertThat(registered()).isEmpty();
  }

  @Test
  void addressesAreDifferentAndStay() throws IOException {
    try (ProcessCluster cluster = ProcessCluster.start(options(2).withSpares(1), Sleeper.GOOD)) {
      Address before = cluster.address(N1, new Party.Clients());
      cluster.pull(Lever.KILL, N1);
      cluster.pull(Lever.START, N1);

      assertThat(cluster.address(N1, new Party.Clients())).isEqualTo(before);
      assertThat(cluster.nodes()).hasSize(3);
      assertThat(cluster.state(NodeId.numbered(3))).isEqualTo(NodeState.STOPPED);
      assertThat(
              cluster.nodes().stream()
                  .flatMap(node ->
                      Stream.of(
                          cluster.address(node, new Party.Clients()),
                          cluster.address(node, new Party.Member(N1)))))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void nodesEndWithARunnerThatIsKilled() throws IOException {
    Process runner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                LonelyRunner.class.getName(),
                folder.resolve("run").toString(),
                registry.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> nodes;
    try {
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8));
      assertThat(said.readLine()).isEqualTo("RUNNING");
      nodes =
          registered().stream()
              .map(note -> Registration.read(note).orElseThrow().node().find().orElseThrow())
              .toList();
      assertThat(nodes).hasSize(2);
    } finally {
      runner.destroyForcibly().onExit().join();
    }

    nodes.forEach(node -> node.onExit().join());
    assertThat(new Leftovers(registry).remove()).isEmpty();
    assertThat(registered()).isEmpty();
  }

  @Test
  void leftoversAreEndedAndNothingElse() throws IOException {
    Process orphan = new ProcessBuilder("sleep", "1000").start();
    Process bystander = new ProcessBuilder("sleep", "1000").start();
    try {
      Registration note = Registration.write(registry, orphan.toHandle());
      Registration own = Registration.write(registry, bystander.toHandle());
      String gone = "999999999 " + Instant.EPOCH + "\n";
      String node = Files.readAllLines(note.file()).getFirst() + "\n";
      Files.writeString(note.file(), node + gone);

      List<Long> ended = new Leftovers(registry).remove();

      assertThat(ended).containsExactly(orphan.pid());
      assertThat(orphan.isAlive()).isFalse();
      assertThat(bystander.isAlive()).isTrue();
      assertThat(registered()).containsExactly(own.file());
    } finally {
      orphan.destroyForcibly();
      bystander.destroyForcibly();
    }
  }

  @Test
  void aProcessWithAnUsedNumberIsNotTakenForTheNode() throws IOException {
    Process other = new ProcessBuilder("sleep", "1000").start();
    try {
      Registration note = Registration.write(registry, other.toHandle());
      String earlier = other.pid() + " " + Instant.EPOCH + "\n";
      Files.writeString(note.file(), earlier + "999999999 " + Instant.EPOCH + "\n");

      assertThat(new Leftovers(registry).remove()).isEmpty();
      assertThat(other.isAlive()).isTrue();
      assertThat(registered()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatIsMissingIsRefusedWithTheReason() throws IOException {
    try (ProcessCluster cluster = ProcessCluster.start(options(1), Sleeper.GOOD)) {
      assertThat(cluster.capabilities().has(Capability.PAUSE)).isTrue();
      assertThat(cluster.capabilities().reasonAgainst(Capability.SHIFT_CLOCK)).isPresent();
      assertThatThrownBy(() -> cluster.state(NodeId.numbered(9)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("n9");
    }
  }
}
