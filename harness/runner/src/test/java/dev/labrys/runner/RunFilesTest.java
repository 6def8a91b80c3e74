package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are not what a command takes them for: each complaint is a line that names the file
/// and what is wrong with it, and is no bug.
@Timeout(300)
final class RunFilesTest {
  private static final byte[] BINARY = {(byte) 0xff, (byte) 0xfe, 0, 1, 2, 3};

  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectory(folder.resolve("dir"));
    Files.writeString(folder.resolve("file"), "x\n");
    Files.write(folder.resolve("binary"), BINARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          run --out file                    | 64 | file is a file; name a folder
          run --out file/below              | 69 | no folder for runs can be made at
          run --schedule dir                | 64 | dir is a folder
          run --schedule file               | 64 | line 1: expected
          run --schedule binary             | 64 | binary is no text in UTF-8
          run --schedule /dev/zero          | 64 | /dev/zero is no file
          run --replay-faults dir           | 64 | dir is a folder, and not that of a run
          run --replay-faults file          | 64 | line 1: this is no JSON object
          run --replay-faults binary        | 64 | binary is no text in UTF-8
          run --schedule file --replay-faults file | 64 | does not go with
          run --seed 99999999999999999999   | 64 | is not a long
          run --nodes 1.5                   | 64 | '1.5' is not an int
          run --rate -1                     | 64 | is not a number of things
          run --time 1000h                  | 64 | a run lasts up to seven days
          runs --out file                   | 64 | file is a file; name a folder
          runs prune --keep 1 --out file    | 64 | file is a file; name a folder
          import missing                    | 64 | no such file
          import dir                        | 64 | dir is a folder; name the file that 'labrys export'
          import file                       | 64 | file holds no run; 'labrys export' packs one
          import binary                     | 64 | binary holds no run
          import file --out binary          | 64 | binary is a file; name a folder
          export dir                        | 64 | dir is not the folder of a run
          export file                       | 64 | file is not the folder of a run
          """)
  void aFileThatIsSomethingElseIsNamed(String command, int exitCode, String complaint) {
    String[] words = command.split(" ", -1);
    boolean isRun = words[0].equals("run");

    Typed typed =
        Typed.in(
            folder,
            isRun
                ? Stream.concat(
                        Arrays.stream(words), Stream.of("--deploy", "simulation", "--quiet"))
                    .toArray(String[]::new)
                : words);

    assertThat(typed.err()).startsWith("labrys: ").contains(complaint).doesNotContain("Exception");
    assertThat(typed.exitCode()).isEqualTo(exitCode);
    assertThat(folder.resolve("runs"))
        .satisfiesAnyOf(
            runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
  }

  @Test
  void aRunIsCalledSomething() {
    Typed typed = Typed.in(folder, "run", "--deploy", "simulation", "--name", "");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("a run is called something");
  }

  private Path run() throws IOException {
    Typed made =
        Typed.in(
            folder, "run --deploy simulation -w register -f none -t 1s --seed 1 -q".split(" ", -1));
    assertThat(made.exitCode()).as(made.err()).isZero();
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  @Test
  void aRunThatIsDamagedIsNamed() throws IOException {
    Path run = run();
    String name = "runs/" + run.getFileName();
    Path experiment = run.resolve("experiment.json");
    String good = Files.readString(experiment);

    Files.writeString(experiment, good.replace("\"seed\" : 1", "\"seed\" : 1e99"));
    assertRefused("the field seed is missing or strange", name);
    Files.writeString(experiment, good.replace("\"seed\" : 1", "\"seed\" : NaN"));
    assertRefused("experiment.json:4:", name);
    Files.writeString(experiment, "{");
    assertRefused("experiment.json:", name);
    assertThat(Typed.in(folder, "runs").out()).startsWith("damaged");
    Files.write(experiment, BINARY);
    assertRefused("experiment.json is no text in UTF-8", name);
    Files.writeString(experiment, good);
    Files.writeString(run.resolve("history.jsonl"), "nonsense\n");
    assertRefused("history.jsonl:1:1", name);
    Files.delete(run.resolve("history.jsonl"));
    assertRefused("the runner was killed before clients were at work", name);
    assertThat(Typed.in(folder, "runs").out()).startsWith("outdated");
  }

  private void assertRefused(String complaint, String run) {
    Typed typed = Typed.in(folder, "check", run);

    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: ").contains(complaint).doesNotContain("REDACTED");
    assertThat(typed.err().lines()).hasSize(1);
  }
}
