package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
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
      long pid = node(note).pid();
      Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(pid)).start();
      states.append(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }
    return states.toString();
  }

  static KnownProcess node(Path note) {
    return switch (Registration.read(note).orElseThrow().owned()) {
      case Registration.Owned.NodeProcess(NodeId _, KnownProcess process) -> process;
      case Registration.Owned.Network network -> throw new AssertionError(network);
    };
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
  void aNodeThatIsStoppedMaySayGoodbye() throws IOException {
    Sleeper polite =
        new Sleeper("trap 'kill $!; echo goodbye; exit' TERM; sleep 1000 & echo READY; wait");
    try (ProcessCluster cluster = ProcessCluster.start(options(1), polite)) {
      cluster.pull(Lever.STOP, N1);

      assertThat(cluster.log(N1).orElseThrow()).hasContent("READY\ngoodbye");
    }
  }

  @Test
  void aNodeThatEndsByItselfIsStopped() throws IOException {
    Sleeper brief = new Sleeper("mkfifo gate; echo READY; read word <gate");
    try (ProcessCluster cluster = ProcessCluster.start(options(1), brief)) {
      Files.writeString(folder.resolve("run/n1/gate"), "go\n");

      while (cluster.state(N1) != NodeState.STOPPED) {
        Thread.onSpinWait();
      }
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
    ProcessOptions hasty = options(1).withStartTimeout(Duration.ofMillis(50));

    assertThatThrownBy(() -> ProcessCluster.start(hasty, silent))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("given up");
    assertThat(registered()).isEmpty();
  }

  @Test
  void muchMayBeSaidBeforeANodeServes() throws IOException {
    Sleeper chatty =
        new Sleeper("head -c 3000000 /dev/zero | tr '\\0' x; echo READY; exec sleep 1000");
    try (ProcessCluster cluster = ProcessCluster.start(options(1), chatty)) {
      assertThat(cluster.state(N1)).isEqualTo(NodeState.RUNNING);
    }
  }

  @Test
  void whoWaitsForANodeCanBeInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ProcessCluster.start(options(2), new NeverServing()))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessageContaining("n1");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(registered()).isEmpty();
  }

  /// Is asked by HTTP whether it serves, and never answers.
  private record NeverServing() implements Program {
    @Override
    public String name() {
      return "silence";
    }

    @Override
    public List<String> ports() {
      return List.of(PEER_PORT, CLIENT_PORT);
    }

    @Override
    public Launch launch(Site site) {
      return new Launch(
          List.of("sleep", "1000"), new TreeMap<>(), new Readiness.Http(CLIENT_PORT, "/"));
    }
  }

  @Test
  void closingGoesOnAfterAFailure() throws IOException {
    ProcessCluster cluster = ProcessCluster.start(options(2), Sleeper.GOOD);
    List<KnownProcess> nodes = registered().stream().map(ProcessClusterTest::node).toList();
    for (Path note : registered()) {
      Files.delete(note);
      Files.createDirectories(note.resolve("something"));
    }

    assertThatThrownBy(cluster::close)
        .isInstanceOf(DirectoryNotEmptyException.class)
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    assertThat(nodes).hasSize(2).allMatch(KnownProcess::isGone);
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
                          cluster.own(node, Program.PEER_PORT))))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsMissingIsRefusedWithTheReason() throws IOException {
    try (ProcessCluster cluster = ProcessCluster.start(options(1), Sleeper.GOOD)) {
      assertThat(cluster.capabilities().has(Capability.PAUSE)).isTrue();
      assertThat(cluster.capabilities().reasonAgainst(Capability.SHIFT_CLOCK)).isPresent();
      assertThat(cluster.capabilities().explain()).contains("without a proxy");
      assertThatThrownBy(() -> cluster.state(NodeId.numbered(9)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("n9");
    }
  }
}
