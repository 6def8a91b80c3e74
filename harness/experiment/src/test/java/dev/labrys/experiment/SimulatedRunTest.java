package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Status;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs in simulation: the same each time, valid for a good Raft, and invalid for one that
/// answers from what it happens to know.
final class SimulatedRunTest {
  private static final String FAULTS = "partition,kill,pause,latency,stall";

  @TempDir private Path folder;

  private RunFolder make(Experiment experiment) throws IOException {
    return RunFolder.create(folder, experiment.name(), Instant.EPOCH);
  }

  private RunReport run(Experiment experiment) throws IOException {
    return Run.of(experiment, make(experiment), folder.resolve("registry")).perform();
  }

  @Test
  void theSameExperimentIsTheSameToTheByte() throws IOException {
    Experiment experiment = Samples.simulated("mixed", FAULTS, 11);
    RunFolder one = make(experiment);
    RunFolder other = make(experiment);

    Run.of(experiment, one, folder).perform();
    Run.of(experiment, other, folder).perform();

    assertThat(Files.mismatch(one.history(), other.history())).isEqualTo(-1);
    assertThat(one.history()).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void aGoodRaftIsValid(long seed) throws IOException {
    RunReport report = run(Samples.simulated("mixed", FAULTS, seed));

    assertThat(report.conclusion().status())
        .as("seed %d: %s", seed, report.conclusion())
        .isEqualTo(Status.VALID);
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73, 74, 75, 76, 77, 78})
  void aGoodRaftBearsThatMessagesAreLost(long seed) throws IOException {
    RunReport report =
        run(Samples.simulated("mixed", "unreliable,kill,unreliable:target=all,drop=40%", seed));

    assertThat(report.conclusion().status())
        .as("seed %d: %s", seed, report.conclusion())
        .isEqualTo(Status.VALID);
    assertThat(report.faults()).anyMatch(fault -> fault.text().startsWith("unreliable"));
  }

  @Test
  void aRaftThatReadsWhatItHappensToKnowIsInvalid() throws IOException {
    RunReport report = run(Samples.simulated("register", FAULTS, 31, "reads=local"));

    assertThat(report.conclusion().status()).isEqualTo(Status.INVALID);
    assertThat(report.conclusion().reasons()).anyMatch(reason -> reason.contains("register"));
  }

  @Test
  void aRunIsJudgedAgainByItsFolderAlone() throws IOException {
    Experiment experiment = Samples.simulated("register", FAULTS, 41);
    RunFolder made = make(experiment);
    RunReport first = Run.of(experiment, made, folder).perform();
    byte[] results = Files.readAllBytes(made.results());
    Files.delete(made.results());
    Files.delete(made.report());

    RunReport second = Judging.judge(made);

    assertThat(second.conclusion()).isEqualTo(first.conclusion());
    assertThat(made.report()).isNotEmptyFile();
    // How long checkers took is different each time.
    assertThat(Files.size(made.results())).isBetween(results.length - 200L, results.length + 200L);
  }

  @Test
  void whatIsLeftOfAKilledRunnersRunIsJudged() throws IOException {
    Experiment experiment = Samples.simulated("register", FAULTS, 51);
    RunFolder made = make(experiment);
    Run.of(experiment, made, folder).perform();
    byte[] history = Files.readAllBytes(made.history());
    byte[] half = Arrays.copyOf(history, history.length / 2);
    Files.write(made.history(), half);

    RunReport report = Judging.judge(made);

    assertThat(report.conclusion().status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(report.conclusion().reasons()).anyMatch(reason -> reason.contains("its end"));
  }

  @Test
  void theLoadLastsUntilItIsKnownWhetherTheClusterRecovers() throws IOException {
    RunReport slow =
        run(Samples.recoveringLate(Deployment.SIMULATION, 3, "election-min=4s", "election-max=5s"));
    RunReport tooSlow =
        run(
            Samples.recoveringLate(
                Deployment.SIMULATION, 3, "election-min=50s", "election-max=60s"));

    assertThat(recovery(slow)).isEqualTo(Status.VALID);
    assertThat(recovery(tooSlow)).isEqualTo(Status.INVALID);
  }

  private static Status recovery(RunReport report) {
    return report.findings().stream()
        .filter(each -> each.checker().equals("recovery"))
        .findFirst()
        .orElseThrow()
        .status();
  }

  @Test
  void aRunWithoutFaultsIsValidIfNoneWereAskedFor() throws IOException {
    assertThat(run(Samples.simulated("register", "", 61)).conclusion().status())
        .isEqualTo(Status.VALID);
  }
}
