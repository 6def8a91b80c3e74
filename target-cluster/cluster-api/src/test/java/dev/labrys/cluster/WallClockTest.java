package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class WallClockTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aDriftGrowsWithTime() {
    WallClock fast = WallClock.drifting(200_000);

    assertThat(fast.aheadNanos(0)).isZero();
    assertThat(fast.aheadNanos(5 * SECOND)).isEqualTo(SECOND);
    assertThat(fast.aheadNanos(365L * 86_400 * SECOND)).isEqualTo(73L * 86_400 * SECOND);
    assertThat(WallClock.drifting(-1).aheadNanos(1_500_000)).isEqualTo(-1);
  }

  @Test
  void aStrobeIsRightForHalfOfItsPeriod() {
    WallClock strobe = WallClock.strobing(-7, 2 * SECOND);

    assertThat(strobe.aheadNanos(SECOND - 1)).isZero();
    assertThat(strobe.aheadNanos(SECOND)).isEqualTo(-7);
    assertThat(strobe.aheadNanos(2 * SECOND)).isZero();
    assertThat(strobe.isSteady()).isFalse();
  }

  @Test
  void whatIsWrongWithAClockAddsUp() {
    WallClock all =
        WallClock.ahead(5)
            .and(WallClock.ahead(-7))
            .and(WallClock.drifting(600_000))
            .and(WallClock.drifting(600_000))
            .and(WallClock.strobing(3, SECOND))
            .and(WallClock.strobing(4, 2 * SECOND));

    assertThat(all).isEqualTo(new WallClock(-2, 999_999, 7, SECOND));
    assertThat(WallClock.RIGHT.and(WallClock.RIGHT)).isEqualTo(WallClock.RIGHT);
    assertThat(WallClock.strobing(3, SECOND).and(WallClock.strobing(-3, SECOND)))
        .isEqualTo(WallClock.RIGHT);
  }

  @Test
  void whatNoClockDoesIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> WallClock.ahead(Long.MIN_VALUE));
    assertThatIllegalArgumentException().isThrownBy(() -> WallClock.drifting(1_000_000));
    assertThatIllegalArgumentException().isThrownBy(() -> WallClock.strobing(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> WallClock.strobing(0, SECOND));
  }
}
