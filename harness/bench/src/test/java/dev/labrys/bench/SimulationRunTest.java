package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SimulationRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... arguments) {
    return Bench.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void anHourIsMeasuredAndKept(@TempDir Path folder) throws IOException {
    int exitCode =
        bench("simulation", "--scene", "IDLE", "--hours", "1", "--results", folder.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("hour    speed").contains("results: ");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(Files.readString(files.findFirst().orElseThrow()))
          .contains("\"scene\" : \"IDLE\"", "\"heapKiB\" : ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySceneGoesOn(SimulatedCluster.Scene scene) {
    SimulatedCluster cluster =
        new SimulatedCluster(scene, SimulatedCluster.Watch.INVARIANTS, new Seed(5));

    cluster.run(30);
    long events = cluster.events();
    cluster.run(30);

    assertThat(cluster.events()).isGreaterThan(events + 1_000);
    assertThat(cluster.succeeded() > 1_000).isEqualTo(scene != SimulatedCluster.Scene.IDLE);
  }

  @Test
  void growthIsWhatStays() {
    assertThat(SimulationRun.growth(List.of(hour(10), hour(12), hour(30), hour(14)))).isEqualTo(4);
    assertThat(SimulationRun.growth(List.of(hour(10)))).isZero();
  }

  private static SimulationRun.Hour hour(long heapBytes) {
    return new SimulationRun.Hour(1, 1, 1, heapBytes);
  }

  @Test
  void nonsenseIsRefused() {
    assertThat(bench("simulation", "--hours", "0")).isEqualTo(Bench.USAGE);
    assertThat(err.toString()).contains("--hours must be from 1 to 10000, not 0");
  }
}
