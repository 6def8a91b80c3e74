package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.Operation;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Menace;
import dev.labrys.raft.RaftOptions;
import dev.labrys.workload.Workload;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Workloads find nothing wrong with a good Raft under faults, and something with a bad one.
final class SimulatedRunTest {
  private static final String FAULTS =
      "partition:interval=300ms,duration=500ms..3s,kill:interval=2s,pause,clients";

  private static final int SECONDS = 12;
  private static final int CLIENTS = 10;
  private static final double RATE = 400;
  private static final int LEAST_SUCCESSES = 200;

  @TempDir Path folder;

  private static Stream<String> names() {
    return Workloads.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aGoodRaftPasses(String name) throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      Path file = record(name, seed, List.of());

      List<SimulatedRun.Finding> findings = judge(name, file);

      History history = HistoryReader.read(file);
      assertThat(findings)
          .as("seed %d", seed)
          .isNotEmpty()
          .allSatisfy(found -> assertThat(found.verdict()).isInstanceOf(Verdict.Valid.class));
      // Most who want a lock don't get it.
      assertThat(history.operations().stream().filter(Operation::isOk).count())
          .isGreaterThan(LEAST_SUCCESSES);
      assertThat(history.operations())
          .anyMatch(operation -> operation.mayHaveHappened() && !operation.isOk());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"register", "kv", "list-append", "set", "monotonic", "append", "mixed"})
  void staleReadsAreFound(String name) throws IOException {
    boolean isFound = false;
    for (int seed = 1; seed <= 5 && !isFound; seed++) {
      Path file = record(name, seed, List.of("reads=local"));
      isFound =
          judge(name, file).stream().anyMatch(found -> found.verdict() instanceof Verdict.Invalid);
    }
    assertThat(isFound).isTrue();
  }

  @Test
  void theSameSeedMakesTheSameHistory() throws IOException {
    String first = Files.readString(record("mixed", 7, List.of()));
    String same = Files.readString(record("mixed", 7, List.of()));
    String other = Files.readString(record("mixed", 8, List.of()));

    assertThat(same).isEqualTo(first).isNotEqualTo(other);
  }

  private Path record(String name, int seed, List<String> raft) throws IOException {
    Path file = Files.createTempDirectory(folder, name).resolve("history.jsonl");
    SimulatedRun.record(
        new SimulatedRun.Setting(
            Workloads.named(name),
            SECONDS,
            CLIENTS,
            RATE,
            Menace.parse(FAULTS),
            RaftOptions.parse(raft),
            new Seed(seed)),
        file);
    return file;
  }

  private static List<SimulatedRun.Finding> judge(String name, Path file) throws IOException {
    Workload workload = Workloads.named(name);
    return SimulatedRun.judge(workload, file, SearchBudget.standard());
  }
}
