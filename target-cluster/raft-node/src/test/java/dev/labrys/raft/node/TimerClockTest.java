package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TimerClockTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = -7 * SECOND;

  private final TimerClock clock = new TimerClock(START);

  @Test
  void itIsTheMachinesAtFirst() {
    assertThat(clock.at(START + 5)).isEqualTo(START + 5);
    assertThat(clock.machineTimeOf(START + 9)).isEqualTo(START + 9);
    assertThat(clock.machineTimeOf(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void itGoesFasterAndSlowerAndNeverBack() {
    clock.drift(START, 500_000);
    assertThat(clock.at(START + 2 * SECOND)).isEqualTo(START + 3 * SECOND);

    clock.drift(START + 2 * SECOND, -500_000);
    assertThat(clock.at(START + 2 * SECOND)).isEqualTo(START + 3 * SECOND);
    assertThat(clock.at(START + 4 * SECOND)).isEqualTo(START + 4 * SECOND);

    clock.drift(START + 4 * SECOND, 0);
    assertThat(clock.at(START + 9 * SECOND)).isEqualTo(START + 9 * SECOND);
    assertThat(clock.machineTimeOf(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whenItShowsSomethingIsKnownToTheNanosecond() {
    RandomGenerator random = new Seed(3).stream("clock");
    long now = START;
    for (int change = 0; change < 1_000; change++) {
      clock.drift(now, random.nextLong(-500_000, 500_001));
      now += random.nextLong(10 * SECOND);
      long machine = now + random.nextLong(1_000 * SECOND);

      assertThat(clock.machineTimeOf(clock.at(machine))).isBetween(machine - 3, machine + 3);
    }
  }
}
