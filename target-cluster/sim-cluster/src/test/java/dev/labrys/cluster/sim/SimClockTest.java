package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import org.junit.jupiter.api.Test;

final class SimClockTest {
  private static final long SECOND = 1_000_000_000L;

  private final Agenda agenda = new Agenda(new Fingerprint());
  private final SimClock clock = new SimClock(agenda, 500, () -> {});

  @Test
  void aClockRunsFromWhatItShows() {
    agenda.waitUntil(70);

    assertThat(clock.nowNanos()).isEqualTo(570);
  }

  @Test
  void aFastClockGains() {
    clock.drift(1_000);
    agenda.waitUntil(10 * SECOND);

    assertThat(clock.nowNanos()).isEqualTo(500 + 10 * SECOND + SECOND / 100);
  }

  @Test
  void aSlowClockLoses() {
    clock.drift(-100_000);
    agenda.waitUntil(10 * SECOND);

    assertThat(clock.nowNanos()).isEqualTo(500 + 9 * SECOND);
  }

  @Test
  void driftCountsFromNowOn() {
    agenda.waitUntil(SECOND);
    clock.drift(10_000);
    agenda.waitUntil(2 * SECOND);
    clock.drift(0);
    agenda.waitUntil(3 * SECOND);

    assertThat(clock.nowNanos()).isEqualTo(500 + 3 * SECOND + SECOND / 100);
  }

  @Test
  void aClockJumpsAheadOnly() {
    clock.jump(30);

    assertThat(clock.nowNanos()).isEqualTo(530);
    assertThatThrownBy(() -> clock.jump(-1)).hasMessageContaining("never goes back");
  }

  /// By the dumb way: the first of all times.
  @Test
  void aTimeIsFoundToTheNanosecond() {
    SimRandom random = SimRandom.of(new Seed(3), "clock");
    for (int run = 0; run < 300; run++) {
      clock.drift((int) Dice.between(random, -400_000, 400_000));
      agenda.waitUntil(agenda.now() + Dice.below(random, 1_000));
      long shown = clock.nowNanos() + Dice.below(random, 200);

      long found = clock.timeOf(shown);

      assertThat(found).isGreaterThanOrEqualTo(agenda.now());
      while (clock.nowNanos() < shown) {
        agenda.waitUntil(agenda.now() + 1);
      }
      assertThat(found).isEqualTo(agenda.now());
    }
  }

  @Test
  void aDayLaterItIsStillExact() {
    clock.drift(-333);
    long day = 86_400 * SECOND;

    long found = clock.timeOf(500 + 10 * day);
    agenda.waitUntil(found - 1);
    long before = clock.nowNanos();
    agenda.waitUntil(found);

    assertThat(before).isLessThan(500 + 10 * day);
    assertThat(clock.nowNanos()).isEqualTo(500 + 10 * day);
  }

  @Test
  void whatNeverComesIsFarAway() {
    assertThat(clock.timeOf(Long.MAX_VALUE)).isGreaterThan(1_000_000 * SECOND);
  }
}
