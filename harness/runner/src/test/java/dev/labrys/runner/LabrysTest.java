package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabrysTest {
  private static final Path HERE = Path.of("");

  @Test
  void versionNamesTheProductAndItsJava() {
    Typed typed = Typed.in(HERE, "--version");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).matches("labrys \\S+ \\(Java \\S+\\)\n");
  }

  @Test
  void helpListsTheCommands() {
    Typed typed = Typed.in(HERE, "--help");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .contains("check", "gen", "convert", "models", "lab", "faults", "clean", "Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "gen", "convert", "models", "lab", "faults", "clean"})
  void everyCommandTeachesItself(String command) {
    Typed typed = Typed.in(HERE, command, "--help");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .contains("Usage: labrys " + command, "Examples:", "  labrys " + command);
    for (ExitCode code : ExitCode.values()) {
      assertThat(typed.out()).containsPattern(" " + code.code() + " +" + code.meaning());
    }
    assertThat(typed.out())
        .contains(" " + ExitCode.INTERRUPTED + " ", " " + ExitCode.TERMINATED + " ");
    assertThat(typed.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @Test
  void theOptionsOfARunAreInGroups() {
    assertThat(Typed.in(HERE, "run", "--help").out())
        .containsSubsequence(
            "What is put to the test:",
            "--deploy",
            "What clients do:",
            "--workload",
            "What goes wrong:",
            "--faults",
            "What is kept and told:",
            "--seed",
            "Exit codes:",
            "Examples:");
  }

  @Test
  void nothingToDoIsWrongUsage() {
    Typed typed = Typed.in(HERE);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("check, gen, convert, models", "labrys --help");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsAnsweredWithItsNeighbour() {
    Typed typed = Typed.in(HERE, "chekc");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("there is no command 'chekc'", "did you mean check?");
  }

  @Test
  void anUnknownOptionIsAnsweredWithItsNeighbour() {
    Typed typed = Typed.in(HERE, "check", "x", "--modle", "register");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("'--modle'", "did you mean --model?", "'labrys check --help'");
  }

  @Test
  void whatIsTypedCannotActOnTheTerminal() {
    assertThat(Typed.in(HERE, "\u001b[2J").err()).doesNotContain("\u001b");
    assertThat(Typed.in(HERE, "check", "\u001b[2J", "-m", "queue").err()).doesNotContain("\u001b");
  }
}
