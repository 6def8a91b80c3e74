package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Action;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Action READ = new Action("register", "read", Value.nil(), Value.nil());

  @Test
  void aFixedPaceIsEven() {
    assertThat(times(Pace.fixed(4), 5)).containsExactly(0L, 250L, 500L, 750L, 1_000L);
  }

  @Test
  void burstsComeAtOnce() {
    assertThat(times(Pace.bursts(3, SECOND), 7))
        .containsExactly(0L, 0L, 0L, 1_000L, 1_000L, 1_000L, 2_000L);
  }

  @Test
  void stairsLeadUp() {
    List<Long> times = times(Pace.stairs(10, 10, SECOND), 10 + 20 + 30);

    assertThat(times.stream().filter(time -> time < 1_000)).hasSize(10);
    assertThat(times.stream().filter(time -> time >= 1_000 && time < 2_000)).hasSize(20);
    assertThat(times.stream().filter(time -> time >= 2_000 && time < 3_000)).hasSize(30);
  }

  @Test
  void poissonAndStaggeredPacesKeepTheirMean() {
    assertThat(times(Pace.poisson(1_000), 20_000).getLast()).isBetween(19_000L, 21_000L);
    assertThat(times(Pace.staggered(SECOND / 1_000), 20_000).getLast()).isBetween(19_000L, 21_000L);
  }

  /// The gaps of a Poisson process are as their mean says: 1/e of them are longer.
  @Test
  void poissonGapsAreExponential() {
    List<Long> times = times(Pace.poisson(1), 20_000);

    long longer =
        LongStream.range(1, times.size())
            .filter(i -> times.get((int) i) - times.get((int) i - 1) > 1_000)
            .count();

    assertThat(longer).isBetween(7_000L, 7_700L);
  }

  @Test
  void whoIsLateCatchesUpALittle() {
    Generator paced = Generator.always(_ -> READ).paced(Pace.fixed(1_000));
    Generator.Act first =
        (Generator.Act) paced.next(new Context(0, 0, 0, 0), new Seed(1).stream("x"));
    Generator rest = first.rest();
    int atOnce = 0;
    while (rest.next(new Context(10 * SECOND, 0, 0, 0), new Seed(1).stream("x"))
        instanceof Generator.Act(Action _, Generator after)) {
      rest = after;
      atOnce++;
    }

    assertThat(atOnce).isEqualTo(101);
  }

  @Test
  void refusesWhatIsNoPace() {
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.fixed(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.poisson(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.bursts(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.staggered(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.stairs(1, -1, 1));
  }

  /// In milliseconds.
  private static List<Long> times(Pace pace, int actions) {
    return Drive.of(3, 1).given(Generator.always(_ -> READ).paced(pace), actions).stream()
        .map(given -> given.timeNanos() / 1_000_000)
        .toList();
  }
}
