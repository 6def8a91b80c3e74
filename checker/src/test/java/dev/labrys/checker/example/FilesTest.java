package dev.labrys.checker.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Models;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.HistoryWriter;
import dev.labrys.history.ReadOptions;
import dev.labrys.history.Recorder;
import dev.labrys.history.Tail;
import dev.labrys.history.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasRecordedIsReadBack() throws IOException {
    Path file = folder.resolve("run.jsonl");
    long start = System.nanoTime();
    try (Recorder recorder = Recorder.toFile(file, () -> System.nanoTime() - start)) {
      recorder.invoke(0, "enqueue", Value.of("orders"), Value.of(1));
      recorder.ok(0, Value.nil());
      long partition = recorder.faultStarted("partition", Value.of("n1"));
      recorder.invoke(1, "dequeue", Value.of("orders"), Value.nil());
      recorder.unknown(1);
      recorder.faultHealed(partition);
    }

    ReadOptions options = ReadOptions.standard().withTail(Tail.RECOVER);
    History history = HistoryReader.read(file, options);
    HistoryWriter.write(folder.resolve("run.edn.gz"), history);

    assertEquals(history, HistoryReader.read(folder.resolve("run.edn.gz")));
  }

  @Test
  void everyVerdictIsACase() {
    History history = new History(List.of());

    SearchBudget budget = SearchBudget.standard().withTimeout(Duration.ofSeconds(10));
    Verdict verdict = LinearizabilityChecker.of(Models.queue()).within(budget).check(history);
    String message =
        switch (verdict) {
          case Verdict.Valid valid -> "linearizable, proved in " + valid.effort().nanos() + " ns";
          case Verdict.Invalid invalid -> invalid.counterexample().reason();
          case Verdict.Undecided undecided -> "nobody knows: out of " + undecided.reason();
        };

    assertInstanceOf(Verdict.Valid.class, verdict, message);
  }
}
