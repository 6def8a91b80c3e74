package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run survives its journey, and a file that is none does no harm.
final class RunArchiveTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;

  private RunFolder run() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("mine"), "some thing", NOW);
    ExperimentJson.of(Samples.simulated("mixed", "kill", 1)).write(run.experiment());
    Files.createDirectories(run.nodes());
    Files.writeString(run.nodes().resolve("n1.log"), "hello\n");
    return run;
  }

  @Test
  void aRunIsTheSameElsewhere() throws IOException {
    RunFolder run = run();
    Path zip = folder.resolve("run.zip");
    RunArchive.pack(run, zip);

    RunFolder other = RunArchive.unpack(zip, folder.resolve("theirs"));

    assertThat(other.name()).isEqualTo(run.name()).isEqualTo("20260102T030405-some-thing");
    assertThat(other.nodes().resolve("n1.log")).hasContent("hello\n");
    assertThat(other.experiment()).hasSameTextualContentAs(run.experiment());
    assertThat(folder.resolve("theirs")).isDirectoryNotContaining("glob:**/.unpacking*");
  }

  @Test
  void aRunIsNotWrittenOver() throws IOException {
    RunFolder run = run();
    Path zip = folder.resolve("run.zip");
    RunArchive.pack(run, zip);

    assertThatThrownBy(() -> RunArchive.unpack(zip, folder.resolve("mine")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> RunArchive.pack(run, zip))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "run/../../evil", "/evil/x", "evil", "run/nodes/../../../x/y"})
  void nothingGetsOutOfItsFolder(String name) throws IOException {
    Path zip = zip(name);

    assertThatThrownBy(() -> RunArchive.unpack(zip, folder.resolve("theirs")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run");

    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.resolve("theirs")).isEmptyDirectory();
  }

  @Test
  void whatHoldsNoRunIsRefused() throws IOException {
    Path zip = zip("run/history.jsonl");

    assertThatThrownBy(() -> RunArchive.unpack(zip, folder.resolve("theirs")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no run");
    assertThat(folder.resolve("theirs")).isEmptyDirectory();
  }

  private Path zip(String name) throws IOException {
    Path file = folder.resolve("bad.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(1);
      zip.closeEntry();
    }
    return file;
  }
}
