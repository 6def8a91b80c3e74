package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.ModelDescription;
import dev.labrys.checker.Models;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ModelsCommandTest {
  private static final Path HERE = Path.of("");

  @Test
  void allModelsAreListed() {
    Typed typed = Typed.in(HERE, "models");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out().lines()).hasSameSizeAs(Models.all());
    for (ModelDescription model : Models.descriptions()) {
      assertThat(typed.out()).contains(model.name() + " ", model.summary());
    }
  }

  @Test
  void everyModelTellsItsFunctions() {
    for (ModelDescription model : Models.descriptions()) {
      Typed typed = Typed.in(HERE, "models", model.name());

      assertThat(typed.exitCode()).isZero();
      assertThat(typed.out()).startsWith(model.name() + ": " + model.summary());
      for (ModelDescription.Function function : model.functions()) {
        assertThat(typed.out()).contains("  " + function.name(), function.input());
      }
    }
  }

  @Test
  void anUnknownModelIsAnsweredWithItsNeighbours() {
    Typed typed = Typed.in(HERE, "models", "qeue");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("qeue", "did you mean queue");
  }
}
