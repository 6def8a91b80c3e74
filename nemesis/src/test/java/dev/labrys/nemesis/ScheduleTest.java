package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.history.Seed;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {
  private static final List<Fault> FAULTS =
      List.of(Fault.parse("kill:target=one"), Fault.parse("split:layout=bridge"));
  private static final Schedule.Rhythm RHYTHM =
      new Schedule.Rhythm(new Schedule.Range(1, 7), new Schedule.Range(2, 5), 1_000);

  @Test
  void isReadAsItIsWritten() {
    String text =
        """
        5s..13s isolate:target=leader,direction=both
        8s.. kill:target=n3
        8500ms..9s pause:target=n1
        """;

    assertThat(Schedule.parse(text).text()).isEqualTo(text);
  }

  @Test
  void linesMayBeInAnyOrderAndCarryRemarks() {
    String text =
        """
        # warm-up first

          8s..   kill:target=n3   # for good
        5s..13s pause:target=one
        """;

    assertThat(Schedule.parse(text).text())
        .isEqualTo("5s..13s pause:target=one\n8s.. kill:target=n3\n");
  }

  @Test
  void whatIsRepeatedIsWrittenOneByOne() {
    String text = "5s..8200ms every 1s for 300ms pause:target=leader";

    assertThat(Schedule.parse(text).text())
        .isEqualTo(
            """
            5s..5300ms pause:target=leader
            6s..6300ms pause:target=leader
            7s..7300ms pause:target=leader
            """);
  }

  @Test
  void manyRepetitionsAreRefusedAsSoonAsTheyAreTooMany() {
    String line = "0s..1m every 1ms for 1us kill:target=n1\n";

    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse(line.repeat(10_000)));
  }

  @Test
  void healsBeforeItBreaksAtTheSameTime() {
    Schedule schedule =
        Schedule.parse("1s..2s kill:target=n1\n2s..3s kill:target=n1\n2s.. pause:target=n2");

    assertThat(schedule.steps())
        .extracting(step -> step.kind() + " " + step.entry())
        .containsExactly("START 0", "HEAL 0", "START 1", "START 2", "HEAL 1");
  }

  @Test
  void isAFunctionOfItsSeed() {
    assertThat(drawn(1)).isEqualTo(drawn(1)).isNotEqualTo(drawn(2));
  }

  @Test
  void whatIsDrawnKeepsTheRhythm() {
    for (long seed = 0; seed < 200; seed++) {
      long calmSince = 0;
      for (Schedule.Entry entry : drawn(seed).entries()) {
        assertThat(entry.startNanos() - calmSince).as("seed %d", seed).isBetween(1L, 7L);
        assertThat(entry.endNanos() - entry.startNanos()).as("seed %d", seed).isBetween(2L, 5L);
        calmSince = entry.endNanos();
      }
      assertThat(calmSince).as("seed %d", seed).isBetween(985L, 999L);
    }
  }

  @Test
  void whatIsDrawnIsReadAsItIsWritten() {
    for (long seed = 0; seed < 200; seed++) {
      Schedule schedule = drawn(seed);

      assertThat(Schedule.parse(schedule.text())).as("seed %d", seed).isEqualTo(schedule);
    }
  }

  @Test
  void withoutFaultsThereIsCalm() {
    assertThat(Schedule.draw(List.of(), RHYTHM, new Seed(1).stream("nemesis")).steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5s kill:target=n1     | line 1: expected \"start..end fault\"",
        "5s..6s                | line 1: expected \"start..end fault\"",
        "6s..6s kill:target=n1 | line 1: a fault starts at 0s or later and ends after its start",
        "-1s.. kill:target=n1  | line 1: a fault starts at 0s or later",
        "x..6s kill:target=n1  | line 1: \"x\" is no length of time",
        "5s..6s explode        | line 1: \"explode\" is no fault",
        "5s..6s each 1s for 1ms kill:target=n1 | line 1: expected",
        "5s.. every 1s for 1ms kill:target=n1 | line 1: what comes again and again needs an end",
        "5s..6s every 1s for 1s kill:target=n1 | line 1: what comes again and again needs an end",
        "5s..6s every 1s for 0s kill:target=n1 | line 1: what comes again and again needs an end",
        "0s..5h every 2ns for 1ns kill:target=n1 | line 1: it comes more than 100000 times"
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void refusesMoreThanItCanHold() {
    Schedule.Entry entry = new Schedule.Entry(0, 1, FAULTS.getFirst());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(Collections.nCopies(Schedule.MOST_ENTRIES + 1, entry)))
        .withMessageContaining("100001");
    assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Range(5, 4));
  }

  private static Schedule drawn(long seed) {
    return Schedule.draw(FAULTS, RHYTHM, new Seed(seed).stream("nemesis"));
  }
}
