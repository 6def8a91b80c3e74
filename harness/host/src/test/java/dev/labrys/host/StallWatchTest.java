package dev.labrys.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is made of late sleeps.
@Timeout(600)
final class StallWatchTest {
  private static final long MILLI = 1_000_000;

  @Test
  void sleepsAreCounted() {
    try (StallWatch watch = StallWatch.start()) {
      while (watch.report().lateness().samples() < 20) {
        LockSupport.parkNanos(MILLI);
      }
      HostReport report = watch.report();

      assertThat(report.toNanos()).isGreaterThan(report.fromNanos());
      assertThat(report.lateness().longestNanos()).isPositive();
      assertThat(report.verdict(Long.MAX_VALUE)).startsWith("the host was honest: longest stall ");
    }
  }

  @Test
  void quantilesAreThoseOfTheBuckets() {
    Lateness.Counter counter = new Lateness.Counter();
    for (int i = 0; i < 99; i++) {
      counter.add(100);
    }
    counter.add(1_400 * MILLI);
    Lateness lateness = counter.soFar();

    assertThat(lateness.samples()).isEqualTo(100);
    assertThat(lateness.quantileNanos(0.5)).isEqualTo(1_000);
    assertThat(lateness.quantileNanos(1)).isEqualTo(1_400 * MILLI);
    assertThat(lateness.longestNanos()).isEqualTo(1_400 * MILLI);
    assertThat(Lateness.floorNanos(3)).isEqualTo(4_000);
  }

  @Test
  void aStallMakesTheHostDishonest() {
    HostReport report = report(new HostStall(5_000 * MILLI, 1_400 * MILLI, StallCause.STOLEN));

    assertThat(report.isHonest(0, 4_000 * MILLI, 100 * MILLI)).isTrue();
    assertThat(report.isHonest(6_000 * MILLI, 7_000 * MILLI, 100 * MILLI)).isFalse();
    assertThat(report.isHonest(6_000 * MILLI, 7_000 * MILLI, 2_000 * MILLI)).isTrue();
    assertThat(report.verdict(100 * MILLI))
        .isEqualTo(
            "the host stalled for 1400 ms, from 5.000 s to 6.400 s"
                + " (stolen by the host of this virtual machine)");
  }

  private static HostReport report(HostStall stall) {
    return new HostReport(
        0, 10_000 * MILLI, new Lateness(List.of(1L), stall.nanos()), List.of(stall), List.of());
  }

  @Test
  void theCauseIsWhatTookHalfOfIt() {
    Counters before = new Counters(0, 0, 0, 0);

    assertThat(new Counters(60, 0, 0, 60).explain(before, 100))
        .isEqualTo(StallCause.GARBAGE_COLLECTION);
    assertThat(new Counters(40, 0, 60, 60).explain(before, 100)).isEqualTo(StallCause.THROTTLED);
    assertThat(new Counters(40, 60, 40, 60).explain(before, 100)).isEqualTo(StallCause.STOLEN);
    assertThat(new Counters(0, 0, 0, 60).explain(before, 100)).isEqualTo(StallCause.PRESSURE);
    assertThat(new Counters(0, 0, 0, 40).explain(before, 100)).isEqualTo(StallCause.UNKNOWN);
  }
}
