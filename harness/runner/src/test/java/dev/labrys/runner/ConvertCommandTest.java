package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvertCommandTest {
  private static final String TUPLES =
      """
      {:process 0, :type :invoke, :f :write, :value ["a" 1], :time 1}
      {:process 0, :type :ok, :f :write, :value ["a" 1], :time 2}
      """;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void makeAHistory() {
    Typed.in(directory, "gen", "-m", "register", "-n", "20", "-s", "2", "-o", "run.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.edn", "out.jsonl.gz", "out.edn.gz", "out.log", "out.txt"})
  void aHistoryKeepsItsVerdictInEveryFormat(String out) {
    Typed typed = convert("run.jsonl", out);

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).startsWith(out + ": 42 events, from jsonl to ");
    assertThat(Typed.in(directory, "check", out, "-m", "register").exitCode()).isZero();
  }

  @Test
  void thereAndBackAgainIsTheSame() throws IOException {
    convert("run.jsonl", "there.edn");
    convert("there.edn", "back.jsonl");

    assertThat(directory.resolve("back.jsonl"))
        .hasSameTextualContentAs(directory.resolve("run.jsonl"));
  }

  @Test
  void standardStreamsAreTheDataAlone() {
    Typed typed = Typed.withInput(directory, TUPLES, "convert", "-", "-", "--to", "jsonl");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).startsWith("{\"labrys-history\":1}\n").hasLineCount(3);
  }

  @Test
  void keysComeOutOfTheirTuples() {
    Typed typed =
        Typed.withInput(directory, TUPLES, "convert", "-", "-", "--to=edn", "--keys=tuple");

    assertThat(typed.out()).contains(":key \"a\", :value 1").doesNotContain("[");
  }

  @Test
  void malformedInputIsNamedAndLeavesNothingBehind() throws IOException {
    Files.writeString(directory.resolve("torn.edn"), TUPLES + "\n{:process }\n");

    Typed typed = convert("torn.edn", "out.jsonl");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: torn.edn:4:").hasLineCount(1);
    assertThat(directory.resolve("out.jsonl")).doesNotExist();
  }

  @Test
  void anImpossibleHistoryIsNotPassedOn() {
    Typed typed =
        Typed.withInput(
            directory, TUPLES.lines().skip(1).toList().getFirst(), "convert", "-", "out.jsonl");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: -:1: process 0");
  }

  @Test
  void aTornTailIsDroppedWithAWarning() throws IOException {
    Path file = directory.resolve("run.jsonl");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));

    Typed typed = convert("run.jsonl", "out.jsonl");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.err()).contains("run.jsonl: the last line is torn and was dropped");
  }

  @Test
  void whatTheOtherFormatCannotSayIsAnError() {
    Typed.in(directory, "gen", "-m", "kv", "-n", "5", "-o", "kv.jsonl");

    Typed typed = convert("kv.jsonl", "kv.log");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("etcd", "keys");
    assertThat(directory.resolve("kv.log")).doesNotExist();
  }

  @Test
  void aHistoryIsNotOverwrittenByItself() {
    Typed typed = convert("run.jsonl", "./run.jsonl");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(directory.resolve("run.jsonl")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.jsonl", "missing.edn out.edn", "run.jsonl out.edn --to word"})
  void whatCannotBeConvertedIsWrongUsage(String arguments) {
    Typed typed = convert(arguments.split(" "));

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: ");
  }

  private Typed convert(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "convert";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Typed.in(directory, all);
  }
}
