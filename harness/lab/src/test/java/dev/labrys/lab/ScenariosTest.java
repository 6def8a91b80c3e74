package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Raft passes every test of the labs.
final class ScenariosTest {
  private static final Seed ROOT = new Seed(20_260_101);
  private static final int RUNS = 3;

  private final LabTrial trial = new LabTrial(LabOptions.STANDARD);

  @TestFactory
  Stream<DynamicTest> raftPasses() {
    return LabTests.all().stream()
        .map(test -> DynamicTest.dynamicTest(test.name(), () -> passes(test, trial)));
  }

  private static void passes(LabTest test, LabTrial trial) {
    for (int run = 1; run <= RUNS; run++) {
      LabResult result = trial.run(test, LabSeed.of(ROOT, test, run));

      assertThat(result.ending()).as("seed %s", result.seed()).isEqualTo(new LabResult.Passed());
      assertThat(result.cost().virtualNanos()).isBetween(1L, LabRun.LIMIT_NANOS);
      assertThat(result.cost().calls()).isPositive();
      assertThat(result.cost().bytes()).isPositive();
    }
  }

  /// What a production Raft has beyond the labs' must not break them where they don't look.
  @TestFactory
  Stream<DynamicTest> storesPassWithOtherOptions() {
    return Stream.of(
            List.of("no-op=true", "reads=index"),
            List.of("no-op=true", "reads=lease"),
            List.of("pre-vote=false", "check-quorum=false"),
            List.of("pipeline=1", "batch-bytes=100"))
        .map(options ->
            DynamicTest.dynamicTest(
                options.toString(),
                () -> {
                  LabOptions standard = LabOptions.STANDARD;
                  LabTrial other =
                      new LabTrial(standard.withRaft(standard.raft().withAll(options)));
                  LabTests.select(List.of("4")).forEach(test -> passes(test, other));
                }));
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    LabTest test = LabTests.select(List.of("Figure8Unreliable")).getFirst();
    LabSeed seed = new LabSeed(11);

    assertThat(log(test, seed)).isEqualTo(log(test, seed)).hasSizeGreaterThan(1_000);
    assertThat(log(test, seed)).isNotEqualTo(log(test, new LabSeed(12)));
  }

  private List<String> log(LabTest test, LabSeed seed) {
    List<String> lines = new ArrayList<>();
    trial.run(
        test,
        seed,
        (time, server, topic, text) ->
            lines.add("%d %s %s %s".formatted(time, server, topic, text)));
    return lines;
  }
}
