package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DelayTest {
  private static final int DRAWS = 20_000;

  private final RandomGenerator random = SimRandom.of(new Seed(4), "delays");

  private List<Long> draws(Delay delay) {
    return Stream.generate(() -> delay.draw(random)).limit(DRAWS).toList();
  }

  private static double mean(List<Long> draws) {
    return draws.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  @Test
  void aFixedDelayIsAlwaysTheSame() {
    assertThat(draws(new Delay.Fixed(7))).containsOnly(7L);
  }

  @Test
  void aUniformDelayHasBothEnds() {
    List<Long> draws = draws(new Delay.Uniform(5, 8));

    assertThat(draws).contains(5L, 6L, 7L, 8L);
    assertThat(draws).allMatch(draw -> draw >= 5 && draw <= 8);
    assertThat(mean(draws)).isBetween(6.4, 6.6);
  }

  @Test
  void aLongTailIsLongButEnds() {
    List<Long> draws = draws(new Delay.LongTail(1_000, 10_000, 60_000));

    assertThat(mean(draws)).isBetween(10_500.0, 11_500.0);
    assertThat(draws).allMatch(draw -> draw >= 1_000 && draw <= 60_000);
    assertThat(draws).anyMatch(draw -> draw == 60_000);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Delay.Uniform(5, 4)).hasMessageContaining("5 to 4 ns");
    assertThatThrownBy(() -> new Delay.Fixed(-1)).hasMessageContaining("-1 ns");
    assertThatThrownBy(() -> new Delay.LongTail(0, 0, 9)).hasMessageContaining("mean");
  }

  /// Recorded once: whoever changes them changes every trace there is.
  @Test
  void theNumbersStayWhatTheyAre() {
    RandomGenerator recorded = SimRandom.of(new Seed(42), "delays");

    assertThat(new Delay.Uniform(0, 1_000_000).draw(recorded)).isEqualTo(131979L);
    assertThat(new Delay.LongTail(0, 1_000_000, 9_000_000).draw(recorded)).isEqualTo(664393L);
    assertThat(recorded.nextLong(0, 1_000_000)).isEqualTo(986653L);
    assertThat(recorded.nextInt(1_000_000)).isEqualTo(185504);
  }
}
