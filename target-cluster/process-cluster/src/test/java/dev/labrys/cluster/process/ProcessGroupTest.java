package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a node happens to all that it started.
@Timeout(60)
final class ProcessGroupTest {
  private static final NodeId N1 = NodeId.numbered(1);

  /// A launcher script that does not become its program.
  private static final Sleeper LAUNCHER =
      new Sleeper("sleep 1000 & echo $! >program; echo READY; wait; echo over");

  @TempDir private Path folder;

  private ProcessCluster start(Sleeper program) throws IOException {
    return ProcessCluster.start(
        ProcessOptions.of(folder.resolve("run"), 1, folder.resolve("registry")), program);
  }

  private ProcessHandle program() throws IOException {
    String pid = Files.readString(folder.resolve("run/n1/program")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private KnownProcess node() throws IOException {
    try (Stream<Path> notes = Files.list(folder.resolve("registry"))) {
      return ProcessClusterTest.node(notes.findFirst().orElseThrow());
    }
  }

  @Test
  void aKilledNodeTakesItsProgramAlong() throws IOException {
    try (ProcessCluster cluster = start(LAUNCHER)) {
      ProcessHandle program = program();

      cluster.pull(Lever.KILL, N1);

      program.onExit().join();
      assertThat(cluster.state(N1)).isEqualTo(NodeState.STOPPED);
      assertThat(cluster.log(N1).orElseThrow()).hasContent("READY");
    }
  }

  @Test
  void aClosedClusterLeavesNoProgram() throws IOException {
    ProcessHandle program;
    try (ProcessCluster _ = start(LAUNCHER)) {
      program = program();
    }

    program.onExit().join();
  }

  @Test
  void theProgramOfAStoppedLauncherMaySayGoodbye() throws IOException {
    Sleeper polite =
        new Sleeper(
            "sh -c 'trap \"echo goodbye; exit\" TERM; echo READY;"
                + " while true; do sleep 1000 & wait; done'; echo over");
    try (ProcessCluster cluster = start(polite)) {
      cluster.pull(Lever.STOP, N1);

      assertThat(cluster.log(N1).orElseThrow()).hasContent("READY\ngoodbye");
    }
  }

  @Test
  void aLauncherThatEndsTakesItsProgramAlong() throws IOException {
    Sleeper brief =
        new Sleeper("sleep 1000 & echo $! >program; mkfifo gate; echo READY; read word <gate");
    try (ProcessCluster cluster = start(brief)) {
      ProcessHandle program = program();

      Files.writeString(folder.resolve("run/n1/gate"), "go\n");

      program.onExit().join();
      assertThat(cluster.state(N1)).isEqualTo(NodeState.STOPPED);
    }
  }

  @Test
  void theProgramIsPausedToo() throws IOException {
    try (ProcessCluster cluster = start(LAUNCHER)) {
      cluster.pull(Lever.PAUSE, N1);
      assertThat(statesOfAll()).hasSize(2).allMatch(state -> state.startsWith("T"));

      cluster.pull(Lever.RESUME, N1);
      assertThat(statesOfAll()).hasSize(2).noneMatch(state -> state.startsWith("T"));
    }
  }

  @Test
  void whoHardlyGetsAProcessorStandsStillOncePaused() throws IOException {
    Sleeper patient =
        new Sleeper(
            """
            renice -n 19 -p $$ >renice.log
            for each in 1 2 3 4 5 6 7; do
              (while :; do :; done) &
            done
            echo READY
            wait\
            """);
    List<Process> crowd = new ArrayList<>();
    try (ProcessCluster cluster = start(patient)) {
      String untilThisEnds = "while kill -0 $PPID 2>/dev/null; do :; done";
      for (int each = 0; each < 3 * Runtime.getRuntime().availableProcessors(); each++) {
        crowd.add(new ProcessBuilder("/bin/sh", "-c", untilThisEnds).start());
      }

      for (int round = 0; round < 5; round++) {
        cluster.pull(Lever.PAUSE, N1);
        assertThat(statesOfAll()).hasSize(8).allMatch(state -> state.startsWith("T"));
        cluster.pull(Lever.RESUME, N1);
      }
    } finally {
      crowd.forEach(Process::destroyForcibly);
    }
  }

  /// The letters by which the kernel tells what the node does, and what it started.
  private List<String> statesOfAll() throws IOException {
    return Tool.run(List.of("ps", "-o", "stat=", "-s", "" + node().pid()), "").lines().toList();
  }

  @Test
  void aKilledRunnerTakesAllAlong() throws IOException {
    Process runner =
        LonelyRunner.start(
            folder.resolve("run"),
            folder.resolve("registry"),
            ProcessOptions.Network.LOOPBACK,
            LAUNCHER);
    ProcessHandle program = program();

    runner.destroyForcibly().onExit().join();

    program.onExit().join();
  }

  @Test
  void leftoversAreEndedWithTheirPrograms() throws IOException {
    try (ProcessCluster cluster = start(LAUNCHER)) {
      ProcessHandle program = program();
      KnownProcess node = node();

      new ProcessLeftovers(folder.resolve("registry")).remove(Sweep.ALL);

      program.onExit().join();
      assertThat(node.find()).isEmpty();
      assertThat(cluster.nodes()).containsExactly(N1);
    }
  }
}
