package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `labrys check` writes for programs and for eyes.
final class CheckOutputTest {
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void makeHistories() throws IOException {
    Typed.in(directory, "gen", "-m", "register", "-n", "50", "-s", "1", "-o", "good.jsonl");
    Typed.in(
        directory,
        "gen --model register --ops 50 --seed 1 --corrupt stale-read -o bad.jsonl".split(" "));
    Files.writeString(directory.resolve("torn.edn"), "{:process 0");
    Files.writeString(directory.resolve("none.jsonl"), "{\"labrys-history\":1}\n");
  }

  @Test
  void jsonIsOneDocumentForAllHistories() throws IOException {
    Typed typed = check("good.jsonl", "bad.jsonl", "torn.edn", "none.jsonl", "--json");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.err()).isEmpty();
    List<String> paths = paths(typed.out());
    assertThat(paths)
        .contains(
            ".labrys-check=1",
            ".histories.file=good.jsonl",
            ".histories.verdict=valid",
            ".histories.exitCode=0",
            ".histories.judgement.verdict=valid",
            ".histories.file=bad.jsonl",
            ".histories.verdict=invalid",
            ".histories.judgement.counterexample.key=null",
            ".histories.file=torn.edn",
            ".histories.verdict=error",
            ".histories.exitCode=64",
            ".histories.file=none.jsonl",
            ".histories.verdict=vacuous",
            ".histories.reason=the history has no operations",
            ".totals.histories=4",
            ".totals.valid=1",
            ".totals.invalid=1",
            ".totals.unknown=0",
            ".totals.vacuous=1",
            ".totals.inconclusive=0",
            ".totals.error=1",
            ".interrupted=false",
            ".exitCode=1")
        .anyMatch(path -> path.startsWith(".histories.error=torn.edn:1:"));
  }

  @Test
  void jsonOfOneHistoryHasTheSameForm() throws IOException {
    List<String> paths = paths(check("good.jsonl", "--json").out());

    assertThat(paths).contains(".histories.file=good.jsonl", ".totals.valid=1", ".exitCode=0");
  }

  @Test
  void jsonSaysWhatIsWrongWithASingleHistory() throws IOException {
    Typed typed = check("missing.jsonl", "--json");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(paths(typed.out())).contains(".histories.error=no such file: missing.jsonl");
  }

  @Test
  void onePageForOneHistory() throws IOException {
    Typed typed = check("bad.jsonl", "--html", "bad.html");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("bad.html"))).contains("<html", "bad.jsonl");
  }

  @Test
  void aFolderOfPagesForMany() throws IOException {
    Files.createDirectory(directory.resolve("runs"));
    Files.copy(directory.resolve("good.jsonl"), directory.resolve("runs/good.jsonl"));

    check("good.jsonl", "runs", "torn.edn", "good.jsonl", "--html", "pages/all");

    assertThat(directory.resolve("pages/all"))
        .isDirectoryContaining("glob:**/good.jsonl.html")
        .isDirectoryContaining("glob:**/good.jsonl-2.html")
        .isDirectoryContaining("glob:**/runs_good.jsonl.html")
        .isDirectoryNotContaining("glob:**/torn*");
  }

  @Test
  void pagesOfManyDoNotFitIntoAFile() {
    Typed typed = check("good.jsonl", "bad.jsonl", "--html", "torn.edn");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("torn.edn", "folder");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void aPageNeedsAFolderThatIsThere() {
    Typed typed = check("good.jsonl", "--html", "nowhere/good.html");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("there is no folder");
  }

  @Test
  void aPageThatCannotBeWrittenIsNotKeptQuiet() throws IOException {
    Files.createDirectories(directory.resolve("pages/good.jsonl.html"));

    Typed typed = check("good.jsonl", "--html", "pages");

    assertThat(typed.exitCode()).isEqualTo(69);
    assertThat(typed.out()).startsWith("VALID");
    assertThat(typed.err()).contains("can't write the page");
  }

  private Typed check(String... arguments) {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(arguments));
    return Typed.in(directory, all.toArray(String[]::new));
  }

  /// Every scalar of a document, as `.field.field=value`.
  private static List<String> paths(String json) throws IOException {
    List<String> paths = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue()) {
          String pointer = parser.getParsingContext().pathAsPointer().toString();
          paths.add(pointer.replaceAll("/\\d+", "").replace('/', '.') + "=" + parser.getText());
        }
      }
    }
    return paths;
  }
}
