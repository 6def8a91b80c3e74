package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is measured in simulation, on a small scale.
final class StallMeasuresTest {
  private static final long MILLI = 1_000_000;
  private static final Seed SEED = new Seed(7);

  @Test
  void theCurveRisesAtTheElectionTimeouts() throws InterruptedException {
    StallCurve curve =
        StallCurve.measure(
            new StallCurve.Plan(
                Stall.SLEEP,
                List.of(Cure.NONE, Cure.LONG_TIMEOUT),
                List.of(200 * MILLI, 1_400 * MILLI, 9_000 * MILLI),
                10,
                SEED));

    assertThat(curve.points())
        .extracting(each -> each.never().hits())
        .containsExactly(0L, 10L, 10L, 0L, 0L, 10L);
    assertThat(StallText.curve(curve)).contains("1400 ms  100 % (72..100)");
    assertThat(CurvePlot.svg(curve)).contains("<polyline").endsWith("</svg>\n");
  }

  @Test
  void theSameSeedGivesTheSameCurve() throws InterruptedException {
    StallCurve.Plan plan =
        new StallCurve.Plan(Stall.FREEZE, List.of(Cure.NONE), List.of(600 * MILLI), 10, SEED);

    assertThat(StallCurve.measure(plan)).isEqualTo(StallCurve.measure(plan));
  }

  @Test
  void lateSleepsFailTheLabsAndNothingElseDoes() throws InterruptedException {
    StallRates rates =
        StallRates.measure(
            new StallRates.Plan(
                StallRates.TESTS,
                List.of(20L, 1_000_000_000L),
                List.of(1_400 * MILLI),
                200,
                2,
                SEED));

    assertThat(rates.cells().getFirst().failed().hits()).isPositive();
    assertThat(rates.cells().getFirst().example()).contains("did not agree");
    assertThat(rates.cells().getLast().failed()).isEqualTo(new Rate(0, 200));
  }

  @Test
  void theStoryOfARunCanBeReadAndSeen() {
    StallOutcome outcome = StallCurve.play(StallSetting.of(Stall.FREEZE), SEED);

    assertThat(StallText.timeline(outcome))
        .contains("its process is frozen")
        .contains("the answers held back are lost")
        .contains("liveness violation: entry 2 not committed 2.4 s after the last fault healed");
    assertThat(StallPicture.svg(outcome)).startsWith("<svg ").contains("all is well again");
  }
}
