package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckCommandTest {
  private static final String GOOD =
      """
      {:process 0, :type :invoke, :f :write, :value 1, :time 1}
      {:process 0, :type :ok, :f :write, :value 1, :time 2}
      {:process 1, :type :invoke, :f :read, :value nil, :time 3}
      {:process 1, :type :ok, :f :read, :value 1, :time 4}
      """;

  private static final String BAD = GOOD.replace(":f :read, :value 1", ":f :read, :value 2");

  private static final String OPEN = "{:process 0, :type :invoke, :f :write, :value 1, :time 1}\n";

  private static final String TUPLES =
      """
      {:process 0, :type :invoke, :f :write, :value ["a" 1], :time 1}
      {:process 0, :type :ok, :f :write, :value ["a" 1], :time 2}
      {:process 1, :type :invoke, :f :read, :value ["b" nil], :time 3}
      {:process 1, :type :ok, :f :read, :value ["b" nil], :time 4}
      """;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writeHistories() throws IOException {
    write("good.edn", GOOD);
    write("bad.edn", BAD);
    write("open.edn", OPEN);
    write("tuples.edn", TUPLES);
    write("torn.edn", "{:process 0, :type :invoke\n:f }\n");
  }

  @Test
  void aValidHistoryEndsWithZero() {
    Typed typed = check("good.edn", "-m", "register");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).startsWith("VALID").contains("good.edn", "register", "2 operations");
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void anInvalidHistoryIsExplainedAndEndsWithOne() {
    Typed typed = check("bad.edn", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out()).startsWith("INVALID").contains("bad.edn", "culprit", "read -> 2");
  }

  @Test
  void ofManyHistoriesEachGetsALineAndTheWorstDecides() {
    Typed typed = check("good.edn", "open.edn", "bad.edn", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("VALID         good.edn  2 operations"),
            line -> assertThat(line).startsWith("VACUOUS       open.edn"),
            line -> assertThat(line).startsWith("INVALID       bad.edn  2 operations"),
            line -> assertThat(line).startsWith("3 histories: 1 valid, 1 invalid, 1 vacuous, in "));
  }

  @Test
  void everyOneOfManyIsExplainedOnDemand() {
    Typed typed = check("bad.edn", "good.edn", "-m", "register", "--explain");

    assertThat(typed.out()).contains("culprit", "2 histories: 1 valid, 1 invalid");
  }

  @Test
  void aFolderStandsForItsHistories() throws IOException {
    write("runs/1/history.edn", GOOD);
    write("runs/2/history.edn", GOOD);

    Typed typed = check("runs", "-m", "register");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .contains("runs/1/history.edn", "runs/2/history.edn", "2 histories: 2 valid");
  }

  @Test
  void aBadFileAmongManyKeepsNoOtherFromBeingJudged() {
    Typed typed = check("missing.edn", "torn.edn", "good.edn", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.out())
        .contains("ERROR         missing.edn  no such file")
        .contains("ERROR         torn.edn")
        .contains("VALID         good.edn")
        .contains("3 histories: 1 valid, 2 not judged");
  }

  @Test
  void malformedInputIsNamedByFileLineAndColumn() {
    Typed typed = check("torn.edn", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).startsWith("labrys: torn.edn:2:4: ").hasLineCount(1);
  }

  @Test
  void anImpossibleHistoryIsMalformedToo() throws IOException {
    write("twice.edn", OPEN + OPEN);

    Typed typed = check("twice.edn", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("twice.edn", "2").hasLineCount(1);
  }

  @Test
  void aMissingFileIsWrongUsage() {
    Typed typed = check("missing.edn", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).isEqualTo("labrys: no such file: missing.edn\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", OPEN})
  void aHistoryInWhichNothingIsAnsweredIsVacuous(String content) throws IOException {
    write("nothing.edn", content);

    Typed typed = check("nothing.edn", "-m", "register", "--format", "edn");

    assertThat(typed.exitCode()).isEqualTo(3);
    assertThat(typed.out()).startsWith("VACUOUS").contains("nothing.edn");
  }

  @Test
  void anUnknownModelIsAnsweredWithItsNeighbours() {
    Typed typed = check("good.edn", "-m", "regsiter");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("regsiter", "did you mean register", "cas-register");
  }

  @Test
  void aModelThatDoesNotFitIsRefusedWithThoseThatWould() {
    Typed typed = check("good.edn", "-m", "queue");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err())
        .contains("queue does not know read, write")
        .contains("enqueue")
        .contains("fitting: register, cas-register");
  }

  @Test
  void argumentsThatDoNotFitAreRefusedWithTheOperation() throws IOException {
    write("odd.edn", GOOD.replace(":write, :value 1", ":add, :value \"x\""));

    Typed typed = check("odd.edn", "-m", "counter");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("operation 0", "counter");
  }

  @Test
  void theModelIsNeverGuessed() {
    Typed typed = check("good.edn");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("--model", "fitting: register, cas-register");
  }

  @ParameterizedTest
  @CsvSource({
    "auto,kv,0",
    "tuple,kv,0",
    "tuple,register,0",
    "auto,register,1",
    "field,kv,1",
    "none,kv,1"
  })
  void keysAreFoundWhereTheRuleSays(String rule, String model, int exitCode) {
    assertThat(check("tuples.edn", "-m", model, "--keys", rule).exitCode()).isEqualTo(exitCode);
  }

  @Test
  void aTupleRuleNeedsTuples() {
    Typed typed = check("good.edn", "-m", "kv");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("[key value]", "--keys none");
  }

  @Test
  void standardInputIsAHistory() {
    Typed typed = Typed.withInput(directory, BAD, "check", "-", "-m", "register");

    assertThat(typed.exitCode()).isEqualTo(1);
  }

  @Test
  void quietSaysNothingButErrors() {
    Typed found = check("bad.edn", "-m", "register", "--quiet");
    Typed refused = check("bad.edn", "torn.edn", "-m", "register", "--quiet");

    assertThat(found).isEqualTo(new Typed(1, "", ""));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("torn.edn:2:4").hasLineCount(1);
  }

  @Test
  void whatAProcedureCannotDecideIsUnknown() throws IOException {
    write("reused.edn", GOOD + GOOD.replaceAll(":time ", ":time 1"));

    Typed typed = check("reused.edn", "-m", "register", "--algorithm", "special");

    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.out()).startsWith("UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "search", "depth-first", "frontier", "special"})
  void everyAlgorithmFindsTheSame(String algorithm) {
    assertThat(check("good.edn", "-m", "register", "--algorithm", algorithm).exitCode()).isZero();
    assertThat(check("bad.edn", "-m", "register", "--algorithm", algorithm).exitCode()).isOne();
  }

  @Test
  void nothingInAHistoryCanActOnTheTerminal() throws IOException {
    write("evil.edn", GOOD.replace(":write", ":wr\u001b[2Jite").replace("1", "\"\u009b31m\""));

    Typed typed = check("evil.edn", "-m", "register");

    assertThat(typed.out() + typed.err()).doesNotContain("\u001b").doesNotContain("\u009b");
  }

  @Test
  void anInterruptSaysWhatWasFoundSoFar() {
    String out = interruptedAtStandardInput("good.edn", "-", "bad.edn", "-m", "register");

    assertThat(out.lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("VALID         good.edn"),
            line -> assertThat(line).isEqualTo("interrupted after 1 of 3 histories"),
            line -> assertThat(line).startsWith("1 history: 1 valid"));
  }

  @Test
  void anInterruptedDocumentIsComplete() {
    String out = interruptedAtStandardInput("good.edn", "-", "bad.edn", "-m", "register", "--json");

    assertThat(out)
        .contains("good.edn")
        .doesNotContain("bad.edn")
        .endsWith("\"interrupted\":true,\"exitCode\":130}\n");
  }

  /// What is printed if the user loses patience when standard input is about to be read.
  private String interruptedAtStandardInput(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicReference<Runnable> impatience = new AtomicReference<>(() -> {});
    InputStream in =
        new ByteArrayInputStream(BAD.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            impatience.get().run();
            return super.read(target, offset, length);
          }
        };
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(new Terminal.Streams(in, printed, printed), Set.of(), directory);
    impatience.set(terminal::interrupt);

    Labrys.run(terminal, command(arguments));

    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aBugOfOursIsOneLineAndAHint() {
    Typed typed = failing("check", "-", "-m", "register");
    Typed traced = failing("check", "-", "-m", "register", "--debug");

    assertThat(typed.exitCode()).isEqualTo(70);
    assertThat(typed.err())
        .startsWith("labrys: -: internal error: IllegalStateException: boom\n")
        .contains("--debug", "LABRYS_DEBUG=1")
        .hasLineCount(2);
    assertThat(traced.err()).contains("\tat dev.labrys.runner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--timeout=3", "--memory=1", "--memory=1K", "--threads=0", "--keys=some"})
  void valuesThatMakeNoSenseAreWrongUsage(String option) {
    Typed typed = check("good.edn", "-m", "register", option);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("labrys: ");
    assertThat(typed.out()).isEmpty();
  }

  private Typed failing(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream broken =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            throw new IllegalStateException("boom");
          }
        };
    Terminal.Streams streams =
        new Terminal.Streams(
            broken,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int exitCode = Labrys.run(new Terminal(streams, Set.of(), directory), arguments);
    return new Typed(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Typed check(String... arguments) {
    return Typed.in(directory, command(arguments));
  }

  private static String[] command(String... arguments) {
    return Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new);
  }

  private void write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
