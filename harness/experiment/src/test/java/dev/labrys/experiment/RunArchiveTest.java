package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.KnownProcess;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
  void aRunKeepsTheTimeWhenItBegan() throws IOException {
    RunFolder run = run();
    Instant began = Instant.parse("2025-03-04T05:06:08Z");
    Files.setLastModifiedTime(run.experiment(), FileTime.from(began));
    Path zip = folder.resolve("run.zip");
    RunArchive.pack(run, zip);

    RunArchive.unpack(zip, folder.resolve("theirs"));

    assertThat(new RunStore(folder.resolve("theirs")).list())
        .extracting(RunStore.Summary::began)
        .containsExactly(began);
  }

  @Test
  void linksAreNeitherPackedNorFollowed() throws IOException {
    RunFolder run = run();
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(run.nodes().resolve("n2.log"), secret);
    Files.createSymbolicLink(run.path().resolve("all"), folder);
    Path zip = folder.resolve("run.zip");
    RunArchive.pack(run, zip);

    RunFolder other = RunArchive.unpack(zip, folder.resolve("theirs"));

    assertThat(other.nodes().resolve("n1.log")).exists();
    assertThat(other.nodes().resolve("n2.log")).doesNotExist();
    assertThat(other.path().resolve("all")).doesNotExist();
    RunStore.delete(run);
    assertThat(secret).hasContent("secret");
  }

  @Test
  void aRunThatSaysItIsGoingOnIsNot() throws IOException {
    RunFolder run = run();
    Process sleeper = new ProcessBuilder("/bin/sh", "-c", "read nothing").start();
    Path zip = folder.resolve("run.zip");
    try {
      RunArchive.pack(run, zip);
      mark(run, sleeper);
      addTo(zip, run);

      RunFolder other = RunArchive.unpack(folder.resolve("marked.zip"), folder.resolve("theirs"));

      assertThat(MakerMark.isGoingOn(run)).isTrue();
      assertThat(MakerMark.isGoingOn(other)).isFalse();
    } finally {
      sleeper.destroyForcibly().onExit().join();
    }
  }

  private static void mark(RunFolder run, Process maker) throws IOException {
    KnownProcess known = KnownProcess.of(maker.toHandle());
    Json.empty()
        .with("place", known.place())
        .with("pid", known.pid())
        .with("started", known.started())
        .write(run.mark());
  }

  /// What nobody packs who is polite.
  private void addTo(Path zip, RunFolder run) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip));
        ZipOutputStream out =
            new ZipOutputStream(Files.newOutputStream(folder.resolve("marked.zip")))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(out);
      }
      out.putNextEntry(new ZipEntry(run.name() + "/running.json"));
      Files.copy(run.mark(), out);
    }
  }

  @Test
  void aRunThatIsGoingOnIsLeftAlone() throws IOException {
    RunFolder run = run();
    Process maker = new ProcessBuilder("/bin/sh", "-c", "read nothing").start();
    try {
      mark(run, maker);

      assertThat(new RunStore(folder.resolve("mine")).list())
          .singleElement()
          .satisfies(each -> assertThat(each.verdict()).isEqualTo("going-on"));
      assertThatThrownBy(() -> RunStore.delete(run)).hasMessageContaining("is going on");
      assertThatThrownBy(() -> RunArchive.pack(run, folder.resolve("run.zip")))
          .hasMessageContaining("is going on");
    } finally {
      maker.destroyForcibly().onExit().join();
    }

    assertThat(new RunStore(folder.resolve("mine")).list())
        .extracting(RunStore.Summary::verdict)
        .containsExactly("unfinished");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 200, 400})
  void whatIsNotWholeIsRefused(int bytes) throws IOException {
    Path zip = folder.resolve("run.zip");
    RunArchive.pack(run(), zip);
    byte[] all = Files.readAllBytes(zip);
    Path torn = Files.write(folder.resolve("torn.zip"), Arrays.copyOf(all, bytes));

    assertThatThrownBy(() -> RunArchive.unpack(torn, folder.resolve("theirs")))
        .isInstanceOf(MalformedRunException.class)
        .hasMessageContaining("torn.zip");
    assertThat(folder.resolve("theirs")).isEmptyDirectory();
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
  @ValueSource(
      strings = {
        "../evil",
        "run/../../evil",
        "/evil/x",
        "evil",
        "run/nodes/../../../x/y",
        ".hidden/x",
        "-rf/x",
        "a b/x",
        "\u001b[2J/x",
        "run\u0000/x"
      })
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

  @Test
  void oneNameIsNotAFileAndAFolder() throws IOException {
    Path zip = zip("run/a", "run/a/b");

    assertThatThrownBy(() -> RunArchive.unpack(zip, folder.resolve("theirs")))
        .isInstanceOf(MalformedRunException.class);
    assertThat(folder.resolve("theirs")).isEmptyDirectory();
  }

  private Path zip(String... names) throws IOException {
    Path file = folder.resolve("bad.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
        zip.closeEntry();
      }
    }
    return file;
  }
}
