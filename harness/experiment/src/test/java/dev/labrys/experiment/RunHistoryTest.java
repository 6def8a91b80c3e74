package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import dev.labrys.report.RunReport;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each part of a history is judged by itself.
final class RunHistoryTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"9,VACUOUS", "10,VALID"})
  void aPartWithHardlyAnySuccessIsNoPass(int successes, Status status) throws IOException {
    Path file = folder.resolve("history.jsonl");
    AtomicLong clock = new AtomicLong();
    try (Recorder recorder = Recorder.toFile(file, clock::incrementAndGet, _ -> {})) {
      for (int i = 0; i < successes; i++) {
        recorder.invoke(1, "write", Value.nil(), Value.of(i));
        recorder.ok(1, Value.nil());
      }
      for (int i = 0; i < 100; i++) {
        recorder.invoke(1, "write", Value.nil(), Value.of(i));
        recorder.fail(1);
      }
    }

    List<RunReport.Finding> findings =
        RunHistory.read(file, Workloads.named("register")).check(SearchBudget.standard());

    assertThat(findings).extracting(RunReport.Finding::status).containsExactly(status);
  }

  @Test
  void aRunnerThatWasKilledBeforeAnythingHappenedHasNoHistory() {
    assertThatThrownBy(
            () -> RunHistory.read(folder.resolve("history.jsonl"), Workloads.named("register")))
        .isInstanceOf(MalformedRunException.class)
        .hasMessageContaining("killed before clients were at work");
  }
}
