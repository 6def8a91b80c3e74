package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private final Fingerprint fingerprint = new Fingerprint();
  private final Agenda agenda = new Agenda(fingerprint);
  private final List<Long> happened = new ArrayList<>();
  private final Actor recorder = (number, _) -> happened.add(number);

  /// What is planned: its time, and when it was planned.
  private record Plan(long time, long number) {}

  @Test
  void eventsHappenByTimeAndThenAsPlanned() {
    SimRandom random = SimRandom.of(new Seed(7), "agenda");
    List<Plan> plans = new ArrayList<>();
    for (long number = 0; number < 5_000; number++) {
      plans.add(new Plan(Dice.below(random, 300), number));
      agenda.plan(plans.getLast().time(), recorder, number, null);
    }

    while (agenda.happen(Long.MAX_VALUE)) {}

    plans.sort(Comparator.comparingLong(Plan::time).thenComparingLong(Plan::number));
    assertThat(happened).isEqualTo(plans.stream().map(Plan::number).toList());
    assertThat(agenda.happened()).isEqualTo(5_000);
  }

  @Test
  void whatIsPlannedMeanwhileTakesItsPlace() {
    SimRandom random = SimRandom.of(new Seed(8), "agenda");
    List<Long> times = new ArrayList<>();
    Actor[] busy = new Actor[1];
    busy[0] =
        (left, _) -> {
          times.add(agenda.now());
          for (int i = 0; i < 2 && left > 0; i++) {
            agenda.plan(agenda.now() + Dice.below(random, 50), busy[0], left - 1, null);
          }
        };

    agenda.plan(0, busy[0], 10, null);
    while (agenda.happen(Long.MAX_VALUE)) {}

    assertThat(times).hasSize(2_047).isSorted();
    assertThat(agenda.size()).isZero();
  }

  @Test
  void nothingHappensBeforeItIsDue() {
    agenda.plan(10, recorder, 1, null);

    assertThat(agenda.happen(9)).isFalse();
    assertThat(agenda.now()).isZero();
    assertThat(agenda.happen(10)).isTrue();
    assertThat(agenda.now()).isEqualTo(10);
  }

  @Test
  void whatShouldHaveBeenHappensNow() {
    agenda.plan(10, (_, _) -> agenda.plan(5, recorder, 1, null), 0, null);
    while (agenda.happen(Long.MAX_VALUE)) {}

    assertThat(happened).containsExactly(1L);
    assertThat(agenda.now()).isEqualTo(10);
  }

  @Test
  void theFingerprintDependsOnTheOrder() {
    Fingerprint other = new Fingerprint();

    fingerprint.mix(1, 2);
    fingerprint.mix(3, 4);
    other.mix(3, 4);
    other.mix(1, 2);

    assertThat(fingerprint.value()).isNotEqualTo(other.value());
  }
}
