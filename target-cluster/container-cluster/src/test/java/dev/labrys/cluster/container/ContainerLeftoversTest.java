package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.Sweep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Containers
@Timeout(120)
final class ContainerLeftoversTest {
  @TempDir private Path folder;

  private Process startRunner() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            LonelyRunner.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// @return the id of its run
  private static String awaitRun(Process runner) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    assertThat(line).startsWith("RUNNING ");
    return line.substring("RUNNING ".length());
  }

  @Test
  void whatAKilledRunnerLeavesIsRemoved() throws IOException {
    Engine engine = Engine.find();
    ContainerLeftovers leftovers = new ContainerLeftovers(engine);
    Process runner = startRunner();
    try {
      String run = awaitRun(runner);
      assertThat(Traces.runsOf(engine, runner.pid())).containsExactly(run);
      assertThat(leftovers.remove(Sweep.ORPHANS)).noneMatch(name -> name.contains(run));

      runner.destroyForcibly().onExit().join();

      assertThat(Traces.of(engine, run)).hasSize(3);
      assertThat(leftovers.remove(Sweep.ORPHANS))
          .contains(
              "container labrys-%s-n1".formatted(run),
              "network labrys-%s-net".formatted(run),
              "volume labrys-%s-n1".formatted(run));
      assertThat(Traces.of(engine, run)).isEmpty();
    } finally {
      runner.destroyForcibly().onExit().join();
      leftovers.remove(Sweep.ORPHANS);
    }
  }

  @Test
  void aRunnerThatIsAskedToEndLeavesNothing() throws IOException {
    Engine engine = Engine.find();
    Process runner = startRunner();
    try {
      String run = awaitRun(runner);

      runner.destroy();
      runner.onExit().join();

      assertThat(Traces.of(engine, run)).isEmpty();
    } finally {
      runner.destroyForcibly().onExit().join();
      new ContainerLeftovers(engine).remove(Sweep.ORPHANS);
    }
  }

  @Test
  void whatIsNotOursIsLeftAlone() throws IOException {
    Engine engine = Engine.find();
    String here = KnownProcess.self().place();
    Runner gone = new Runner(new KnownProcess(here, 999_999_999, "0"));
    Runner elsewhere = new Runner(new KnownProcess("another machine", 999_999_999, "0"));
    List<Run> runs =
        List.of(
            new Run("0000000001", gone),
            new Run("0000000002", elsewhere),
            new Run("0000000003", Runner.self()));
    for (Run run : runs) {
      engine.client().createVolumeCmd().withName(run.name("v")).withLabels(run.labels()).exec();
    }
    engine.client().createVolumeCmd().withName("labrys-of-somebody").exec();
    try {
      assertThat(new ContainerLeftovers(engine).remove(Sweep.ORPHANS))
          .contains("volume labrys-0000000001-v")
          .noneMatch(name -> name.contains("0000000002") || name.contains("0000000003"));

      assertThat(Traces.of(engine, "0000000001")).isEmpty();
      assertThat(Traces.of(engine, "0000000002")).hasSize(1);
      assertThat(Traces.of(engine, "0000000003")).hasSize(1);
      assertThat(Traces.of(engine, "labrys-of-somebody")).hasSize(1);
    } finally {
      for (Run run : runs) {
        new Belongings(engine).remove(run.id());
      }
      engine.client().removeVolumeCmd("labrys-of-somebody").exec();
    }
  }
}
