package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aWatchedTerminalShowsHowFarItIs() {
    ProgressLine progress = new ProgressLine(terminal(Set.of(Terminal.Ability.PROGRESS)), 4);

    progress.show(1, "run.jsonl");

    assertThat(drawn()).isEqualTo("\r\u001b[K[######------------------] 1/4 run.jsonl");
    assertThat(out.size()).isZero();
  }

  @Test
  void theLineIsGoneBeforeOtherOutput() {
    ProgressLine progress = new ProgressLine(terminal(Set.of(Terminal.Ability.PROGRESS)), 4);

    progress.show(1, "run.jsonl");
    progress.clear();
    progress.clear();

    assertThat(drawn()).endsWith("run.jsonl\r\u001b[K").doesNotEndWith("\r\u001b[K\r\u001b[K");
  }

  @Test
  void namesCannotActAndAreCut() {
    ProgressLine progress = new ProgressLine(terminal(Set.of(Terminal.Ability.PROGRESS)), 1);

    progress.show(0, "\u001b[2J" + "long/".repeat(20) + "name.edn");

    assertThat(drawn()).doesNotContain("[2J").endsWith("long/long/name.edn").contains(" …");
  }

  @Test
  void nothingIsDrawnWhereNobodyWatches() {
    new ProgressLine(terminal(Set.of()), 4).show(1, "run.jsonl");

    assertThat(err.size()).isZero();
  }

  private String drawn() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Terminal terminal(Set<Terminal.Ability> abilities) {
    return new Terminal(Typed.streams("", out, err), abilities, Path.of(""));
  }
}
