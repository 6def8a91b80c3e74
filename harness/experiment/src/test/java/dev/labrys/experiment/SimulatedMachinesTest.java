package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Status;
import dev.labrys.nemesis.IncidentLog;
import dev.labrys.nemesis.Schedule;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs in simulation with what goes wrong in machines: clocks, disks and files.
final class SimulatedMachinesTest {
  private static final String ALL = "clock,timers,files,disk,power,kill";

  @TempDir private Path folder;

  private RunFolder make(Experiment experiment) throws IOException {
    return RunFolder.create(folder, experiment.name(), Instant.EPOCH);
  }

  private RunReport run(Experiment experiment) throws IOException {
    return Run.of(experiment, make(experiment), folder.resolve("registry")).perform();
  }

  private static void requireStatus(Status status, RunReport report) {
    assertThat(report.conclusion().status()).as("%s", report.conclusion()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aGoodRaftBearsItTheSameWayToTheByte(long seed) throws IOException {
    Experiment experiment = Samples.simulated("mixed", ALL, seed);
    RunFolder one = make(experiment);
    RunFolder other = make(experiment);

    RunReport report = Run.of(experiment, one, folder).perform();
    Run.of(experiment, other, folder).perform();

    requireStatus(Status.VALID, report);
    assertThat(Files.mismatch(one.history(), other.history())).isEqualTo(-1);
    assertThat(Files.mismatch(one.faults(), other.faults())).isEqualTo(-1);
  }

  /// What was really done is a schedule, and does it again.
  @Test
  void whatWasDoneCanBeDoneAgain() throws IOException {
    RunFolder drawn = make(Samples.simulated("register", ALL, 4));
    Run.of(Samples.simulated("register", ALL, 4), drawn, folder).perform();
    Schedule done;
    try (Reader reader = Files.newBufferedReader(drawn.faults())) {
      done = Schedule.replay(IncidentLog.read(reader));
    }

    RunReport report =
        run(
            Samples.simulated(
                "register", new Experiment.Trouble("", done.text(), Duration.ofSeconds(5)), 4));

    requireStatus(Status.VALID, report);
    assertThat(report.faults()).hasSize(done.entries().size());
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .containsOnly(RunReport.Fate.HEALED);
  }

  @Test
  void whoSyncsNothingLosesWhatItAcknowledgedWithThePower() throws IOException {
    String faults = "power:target=all";

    requireStatus(Status.VALID, run(Samples.simulated("register", faults, 5)));
    requireStatus(Status.INVALID, run(Samples.simulated("register", faults, 5, "fsync=never")));
  }

  /// A lease of 90 % of the shortest election time covers clocks of which one goes a ninth faster
  /// than another, and no more than that. Who asks a majority depends on no clock.
  @ParameterizedTest
  @CsvSource({
    "lease,-5%,5%,VALID",
    "lease,5%,-5%,VALID",
    "lease,-50%,0.1%,INVALID",
    "lease,-0.1%,50%,INVALID",
    "index,-50%,50%,VALID"
  })
  void leasesHoldAsLongAsTimersRunAlmostAlike(
      String reads, String leader, String followers, Status status) throws IOException {
    String plan =
        """
        plan:
          - until: 20s
            calm: 500ms
            steps:
              - together:
                  - fault: timer-drift:target=leader,rate=%s
                    for: 4s
                  - fault: timer-drift:target=followers,rate=%s
                    for: 4s
                  - steps:
                      - wait: 1s
                      - fault: isolate:target=leader,direction=both
                        for: 2s
        """
            .formatted(leader, followers);

    RunReport report =
        run(
            Samples.simulated(
                "register",
                new Experiment.Trouble("", plan, Duration.ofSeconds(5)),
                6,
                "reads=" + reads));

    requireStatus(status, report);
  }
}
