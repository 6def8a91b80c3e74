package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {
  @Test
  void codesAreThoseOfTheManual() {
    assertThat(ExitCode.byCode())
        .extracting(ExitCode::code)
        .containsExactly(0, 1, 2, 3, 4, 64, 69, 70);
  }

  @Test
  void theWorstVerdictWins() {
    List<ExitCode> worstFirst =
        List.of(
            ExitCode.VIOLATION,
            ExitCode.INTERNAL,
            ExitCode.UNAVAILABLE,
            ExitCode.USAGE,
            ExitCode.INCONCLUSIVE,
            ExitCode.UNKNOWN,
            ExitCode.VACUOUS,
            ExitCode.SUCCESS);

    for (int i = 0; i < worstFirst.size(); i++) {
      for (int j = i; j < worstFirst.size(); j++) {
        assertThat(worstFirst.get(i).worse(worstFirst.get(j))).isEqualTo(worstFirst.get(i));
        assertThat(worstFirst.get(j).worse(worstFirst.get(i))).isEqualTo(worstFirst.get(i));
      }
    }
  }
}
