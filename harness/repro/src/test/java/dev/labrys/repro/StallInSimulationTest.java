package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The sleep stall and its cures, in simulation, from many seeds.
final class StallInSimulationTest {
  private static final int SEEDS = 50;

  @ParameterizedTest
  @EnumSource(Stall.class)
  void theCommandIsNeverCommitted(Stall stall) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      StallOutcome outcome = play(StallSetting.of(stall), seed);

      assertThat(outcome.isTheBug()).as("seed %d: %s", seed, outcome.text()).isTrue();
      assertThat(outcome.text()).contains("(leader without commit: old-term tail, no no-op");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SLEEP, NO_OP, true", "FREEZE, NO_OP, true",
    "SLEEP, LONG_TIMEOUT, true", "FREEZE, LONG_TIMEOUT, true",
    "SLEEP, PRE_VOTE, false", "FREEZE, PRE_VOTE, false",
    "SLEEP, NEXT_COMMAND, true", "FREEZE, NEXT_COMMAND, true",
  })
  void aCureCuresOrDoesNot(Stall stall, Cure cure, boolean cures) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      StallOutcome outcome = play(StallSetting.of(stall).with(cure), seed);

      assertThat(outcome.recoveryNanos().isPresent())
          .as("seed %d: %s", seed, outcome.text())
          .isEqualTo(cures);
    }
  }

  private static StallOutcome play(StallSetting setting, int seed) {
    try (SimTheatre theatre = SimTheatre.open(3, setting.cure().raft(), new Seed(seed))) {
      return StallScript.play(theatre, setting);
    }
  }
}
