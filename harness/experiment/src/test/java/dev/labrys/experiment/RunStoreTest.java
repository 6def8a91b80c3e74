package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which verdict is shown of a run whose files may have changed since it was judged.
@Timeout(120)
final class RunStoreTest {
  @TempDir private Path folder;

  private RunFolder run;

  @BeforeEach
  void judge() throws IOException {
    Experiment experiment = Samples.simulated("register", "", 91);
    run = RunFolder.create(folder.resolve("runs"), experiment.name(), Instant.EPOCH);
    Run.of(experiment, run, folder.resolve("registry")).perform();
    Assumptions.assumeFalse(Stamp.of(run).equals(Stamp.NONE), "no file system of a Unix");
  }

  private String verdict() throws IOException {
    return new RunStore(folder.resolve("runs")).list().getFirst().verdict();
  }

  /// From here on only the stamp speaks for the verdict.
  private void forgeFingerprint() throws IOException {
    String results = Files.readString(run.results());
    Files.writeString(run.results(), results.replace(Fingerprint.of(run), "of something else"));
  }

  @Test
  void whatNobodyHasTouchedIsNotReadAgain() throws IOException {
    forgeFingerprint();

    assertThat(verdict()).isEqualTo("valid");
  }

  @Test
  void whatWasTouchedIsRead() throws IOException {
    FileTime changed = Files.getLastModifiedTime(run.history());
    Files.setLastModifiedTime(run.history(), changed);
    assertThat(verdict()).isEqualTo("valid");

    forgeFingerprint();

    assertThat(verdict()).isEqualTo("outdated");
  }

  @Test
  void anotherHistoryOfTheSameSizeAndTimeIsNoticed() throws IOException {
    FileTime changed = Files.getLastModifiedTime(run.history());
    String history = Files.readString(run.history());
    Files.writeString(run.history(), history.replace("\"read\"", "\"raed\""));
    Files.setLastModifiedTime(run.history(), changed);

    assertThat(verdict()).isEqualTo("outdated");
  }
}
