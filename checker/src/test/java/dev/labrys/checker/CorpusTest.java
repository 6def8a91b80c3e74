package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The hand-written histories of `histories/corpus`: the verdict is the name of the folder.
final class CorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("basedir", ".")).resolve("../histories/corpus").normalize();
  private static final String GOOD = "linearizable";
  private static final String BAD = "not-linearizable";
  private static final int FEWEST_FILES = 120;
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 1 << 26, 2);

  @TestFactory
  Stream<DynamicTest> theVerdictIsTheNameOfTheFolder() throws IOException {
    return files().stream()
        .map(
            file -> DynamicTest.dynamicTest(CORPUS.relativize(file).toString(), () -> judge(file)));
  }

  @Test
  void everyModelHasGoodAndBadHistories() throws IOException {
    Set<String> models = Models.all().stream().map(Model::name).collect(Collectors.toSet());

    assertThat(foldersOf(GOOD)).isEqualTo(models);
    assertThat(foldersOf(BAD)).isEqualTo(models);
    assertThat(files()).hasSizeGreaterThanOrEqualTo(FEWEST_FILES);
  }

  private static void judge(Path file) throws IOException {
    Model<?> model = Models.named(file.getParent().getFileName().toString());
    History history = HistoryReader.read(file);
    Status expected =
        switch (file.getParent().getParent().getFileName().toString()) {
          case GOOD -> Status.VALID;
          case BAD -> Status.INVALID;
          default -> throw new IllegalArgumentException("no verdict: " + file);
        };

    assertThat(Models.fitting(history)).contains(model);
    for (Algorithm algorithm : Algorithm.values()) {
      LinearizabilityChecker checker =
          LinearizabilityChecker.of(model).within(BUDGET).using(algorithm);
      Status status = checker.decide(history);
      if (algorithm != Algorithm.SPECIAL || status != Status.UNKNOWN) {
        assertThat(status).as("%s", algorithm).isEqualTo(expected);
        assertThat(Verdicts.status(checker.check(history))).as("%s", algorithm).isEqualTo(expected);
      }
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static Set<String> foldersOf(String verdict) throws IOException {
    try (Stream<Path> folders = Files.list(CORPUS.resolve(verdict))) {
      return folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
