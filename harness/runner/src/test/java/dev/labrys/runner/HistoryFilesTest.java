package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFilesTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aFolderStandsForAllHistoriesBelowIt() throws IOException {
    touch("runs/b/2.edn.gz", "runs/b/1.jsonl", "runs/a.log", "runs/c.TXT", "runs/README.md");
    touch("runs/.hidden.edn");

    HistoryFiles files = files("runs");

    assertThat(files.names())
        .containsExactly("runs/a.log", "runs/b/1.jsonl", "runs/b/2.edn.gz", "runs/c.TXT");
    assertThat(files.passedOver()).isEqualTo(2);
    assertThat(files.areMany()).isTrue();
  }

  @Test
  void filesAreTakenWhateverTheirNames() throws IOException {
    touch("strange.name");

    assertThat(files("strange.name", "missing", "-").names())
        .containsExactly("strange.name", "missing", "-");
    assertThat(files("strange.name").areMany()).isFalse();
  }

  @Test
  void aFolderWithoutHistoriesIsAMistake() throws IOException {
    Files.createDirectory(directory.resolve("empty"));

    assertThatThrownBy(() -> files("empty"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("empty")
        .hasMessageContaining("*.jsonl");
  }

  @Test
  void standardInputIsReadOnce() {
    assertThatThrownBy(() -> files("-", "-"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("only once");
  }

  private HistoryFiles files(String... arguments) throws IOException {
    ByteArrayOutputStream nothing = new ByteArrayOutputStream();
    Terminal terminal = Typed.terminal(directory, "", nothing, nothing);
    return HistoryFiles.of(terminal, List.of(arguments));
  }

  private void touch(String... names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }
}
