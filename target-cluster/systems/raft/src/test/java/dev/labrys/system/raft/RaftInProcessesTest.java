package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our own server as real processes on the loopback interface, killed and started again.
@Timeout(600)
final class RaftInProcessesTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N6 = NodeId.numbered(6);
  private static final Pattern PID = Pattern.compile("\"pid\":(\\d+)");

  @TempDir private Path folder;

  @Test
  void aClusterSurvivesTheDeathOfItsLeader() throws IOException {
    try (ProcessCluster cluster = start(options(5));
        RaftOverHttp raft = over(cluster)) {
      List<NodeId> all = cluster.nodes();
      raft.write(all, 1);
      for (NodeId node : all) {
        assertThat(raft.read(node)).isEqualTo(RaftOverHttp.found(1));
      }
      Leading first = leading(cluster, all, 0);

      cluster.pull(Lever.KILL, first.node());
      List<NodeId> rest = without(all, first.node());
      raft.write(rest, 2);
      leading(cluster, rest, first.term());
      cluster.pull(Lever.START, first.node());

      assertThat(raft.read(first.node())).isEqualTo(RaftOverHttp.found(2));
    }
  }

  @Test
  void whoWasAwayForLongComesBackByASnapshot() throws IOException {
    try (ProcessCluster cluster = start(options(3), "snapshot-entries=20");
        RaftOverHttp raft = over(cluster)) {
      List<NodeId> all = cluster.nodes();
      raft.write(all, 1);
      NodeId away = without(all, raft.leader(all)).getFirst();
      long last = raft.committed(away);
      cluster.pull(Lever.KILL, away);

      List<NodeId> rest = without(all, away);
      for (int value = 2; value <= 60; value++) {
        raft.write(rest, value);
      }
      for (NodeId node : rest) {
        RaftOverHttp.until(
            node + " has replaced what the other one lacks", () -> raft.snapshot(node) > last);
      }
      assertThat(said(cluster, away)).doesNotContain("snapshot-installed");
      cluster.pull(Lever.START, away);

      assertThat(raft.read(away)).isEqualTo(RaftOverHttp.found(60));
      assertThat(said(cluster, away)).contains("\"event\":\"snapshot-installed\"");
      assertThat(raft.snapshot(away)).isGreaterThan(last);
    }
  }

  @Test
  void oneServerTakesThePlaceOfAnother() throws IOException {
    try (ProcessCluster cluster = start(options(5).withSpares(1));
        RaftOverHttp raft = over(cluster)) {
      List<NodeId> old = without(cluster.nodes(), N6);
      raft.write(old, 1);
      long last = raft.committed(raft.leader(old));
      NodeId leaving = raft.leader(old);
      List<NodeId> target = without(cluster.nodes(), leaving);

      cluster.pull(Lever.START, N6);
      raft.change(old, old, List.of(N6));
      RaftOverHttp.until("n6 has caught up", () -> raft.committed(N6) >= last);
      raft.change(cluster.nodes(), target, List.of());
      cluster.pull(Lever.STOP, leaving);
      cluster.pull(Lever.KILL, without(target, N6).getFirst());
      cluster.pull(Lever.KILL, without(target, N6).getLast());

      // Three of five are left, so none of them can be spared.
      raft.write(target, 2);
      assertThat(raft.read(N6)).isEqualTo(RaftOverHttp.found(2));
    }
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    List<ProcessHandle> processes;
    List<Address> ports;
    try (ProcessCluster cluster = start(options(3));
        RaftOverHttp raft = over(cluster)) {
      raft.write(cluster.nodes(), 1);
      processes = processes(cluster.nodes());
      ports = ports(cluster);

      for (NodeId node : cluster.nodes()) {
        cluster.pull(Lever.STOP, node);
        assertThat(cluster.state(node)).isEqualTo(NodeState.STOPPED);
        assertThat(said(cluster, node)).endsWith("\"event\":\"stopped\"}");
      }
    }

    assertThat(processes).hasSize(6);
    processes.forEach(RaftInProcessesTest::awaitEnd);
    assertThatAreFree(ports);
    assertThat(names(folder)).containsExactly("registry", "run");
    assertThat(names(folder.resolve("registry"))).isEmpty();
    assertThat(names(folder.resolve("run")))
        .containsExactly("n1", "n1.log", "n2", "n2.log", "n3", "n3.log");
    assertThat(names(folder.resolve("run/n1"))).containsExactly("data");
  }

  @Test
  void nodesEndWithARunnerThatIsKilledAndForgetNothing() throws IOException {
    Process runner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LonelyRunner.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> processes;
    try (BufferedReader said = runner.inputReader()) {
      assertThat(said.readLine()).isEqualTo("RUNNING");
      processes = processes(options(5).nodes());
    } finally {
      runner.toHandle().destroyForcibly();
    }

    assertThat(processes).hasSize(10);
    processes.forEach(RaftInProcessesTest::awaitEnd);
    try (ProcessCluster again = start(options(5));
        RaftOverHttp raft = over(again)) {
      assertThat(raft.read(N1)).isEqualTo(RaftOverHttp.found(LonelyRunner.VALUE));
    }
  }

  private ProcessOptions options(int nodes) {
    return options(folder, nodes);
  }

  static ProcessOptions options(Path folder, int nodes) {
    return ProcessOptions.of(folder.resolve("run"), nodes, folder.resolve("registry"));
  }

  static ProcessCluster start(ProcessOptions options, String... raftOptions) throws IOException {
    List<String> more = new ArrayList<>();
    for (String each : raftOptions) {
      more.addAll(List.of("--raft-option", each));
    }
    return ProcessCluster.start(options, RaftProgram.ofThisJvm("test", more));
  }

  static RaftOverHttp over(ProcessCluster cluster) {
    return new RaftOverHttp(node -> cluster.own(node, RaftProgram.HTTP_PORT));
  }

  /// Somebody who leads, and in which term.
  private record Leading(NodeId node, long term) {}

  /// One of `nodes` that leads in a term after `term`, as soon as there is one.
  private static Leading leading(ProcessCluster cluster, List<NodeId> nodes, long term) {
    return RaftOverHttp.found(
        "one of %s leads after term %d".formatted(nodes, term),
        () ->
            nodes.stream()
                .flatMap(node -> leading(cluster, node).stream())
                .filter(each -> each.term() > term)
                .findFirst());
  }

  private static Optional<Leading> leading(ProcessCluster cluster, NodeId node) {
    return cluster
        .standing(node)
        .filter(Standing::isLeader)
        .map(standing -> new Leading(node, standing.term()));
  }

  private static List<NodeId> without(List<NodeId> nodes, NodeId one) {
    return nodes.stream().filter(node -> !node.equals(one)).toList();
  }

  private static String said(ProcessCluster cluster, NodeId node) throws IOException {
    return Files.readString(cluster.log(node).orElseThrow(), StandardCharsets.UTF_8).strip();
  }

  /// The processes of `nodes`, and the guards that end them with their runner.
  private List<ProcessHandle> processes(List<NodeId> nodes) throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    for (NodeId node : nodes) {
      String said = Files.readString(folder.resolve("run").resolve(node.name() + ".log"));
      Matcher pid = PID.matcher(said);
      assertThat(pid.find()).as(said).isTrue();
      ProcessHandle process = ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow();
      processes.add(process);
      process.children().forEach(processes::add);
    }
    return processes;
  }

  private static void awaitEnd(ProcessHandle process) {
    RaftOverHttp.until(process + " has ended", () -> !process.isAlive());
  }

  private static List<Address> ports(ProcessCluster cluster) {
    return cluster.nodes().stream()
        .flatMap(node ->
            Stream.of(RaftProgram.PEER_PORT, RaftProgram.CLIENT_PORT, RaftProgram.HTTP_PORT)
                .map(port -> cluster.own(node, port)))
        .toList();
  }

  private static void assertThatAreFree(List<Address> ports) throws IOException {
    for (Address each : ports) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(each.host(), each.port()));
      }
    }
  }

  private static List<String> names(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
