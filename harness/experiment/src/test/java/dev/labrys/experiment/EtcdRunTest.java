package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.checker.Status;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.process.ProcessLeftovers;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs on the etcd of this machine. Skipped, saying why, where there is none.
@Timeout(300)
final class EtcdRunTest {
  private static final String SCHEDULE =
      """
      1s..5s isolate:target=leader,direction=both
      2s..4s pause:target=n2
      6s..8s kill:target=leader
      """;

  /// The old leader has clients of its own, and hears nothing of what the others agree on.
  private static final String LONG_ISOLATION = "1s..12s isolate:target=leader,direction=both\n";

  @TempDir private Path folder;

  private static Experiment experiment(
      Deployment deployment, Duration time, String schedule, String... options) {
    return new Experiment(
        "register",
        7,
        new Experiment.ClusterPlan("etcd", deployment, 3, List.of(options)),
        new Experiment.Load("register", 6, 200, time, Duration.ofSeconds(2), Client.Habit.OWN_NODE),
        new Experiment.Trouble("", schedule, Duration.ofSeconds(20)));
  }

  private Run run(Experiment experiment) throws IOException {
    try {
      Run.check(experiment);
    } catch (SystemMissingException missing) {
      Assumptions.abort(String.valueOf(missing.getMessage()));
    }
    RunFolder made = RunFolder.create(folder.resolve("runs"), experiment.name(), Instant.now());
    return Run.of(experiment, made, registry());
  }

  private Path registry() {
    return folder.resolve("state").resolve("nodes");
  }

  @Test
  void itIsValidAndLeavesNothingBehind() throws IOException {
    Experiment experiment = experiment(Deployment.PROCESSES, Duration.ofSeconds(14), SCHEDULE);

    RunReport report = run(experiment).perform();

    assertThat(report.conclusion().status()).as("%s", report.conclusion()).isEqualTo(Status.VALID);
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .contains(RunReport.Fate.HEALED)
        .doesNotContain(RunReport.Fate.FAILED, RunReport.Fate.LASTED);
    assertThat(report.reigns()).isNotEmpty();
    assertThat(new ProcessLeftovers(registry()).find(Sweep.ALL)).isEmpty();
  }

  /// What etcd itself does not promise of reads that ask one server only.
  @Test
  void readsThatAskOneServerOnlyAreFoundToBeOld() throws IOException {
    Experiment experiment =
        experiment(Deployment.PROCESSES, Duration.ofSeconds(30), LONG_ISOLATION, "reads=local");

    RunReport report = run(experiment).endingAtViolation(true).perform();

    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isEqualTo(Status.INVALID);
  }

  @Test
  void itIsNotSimulated() {
    Experiment experiment = experiment(Deployment.SIMULATION, Duration.ofSeconds(30), SCHEDULE);

    assertThatThrownBy(() -> Run.check(experiment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("and not in simulation");
  }
}
