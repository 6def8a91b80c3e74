package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.host.HostReport;
import dev.labrys.host.HostStall;
import dev.labrys.host.Lateness;
import dev.labrys.host.StallCause;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Settings bear what is shorter than their election timeouts.
final class BearingTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aStallOfOneSecondNeedsATimeoutOfMore() {
    List<Bearing> bearings =
        Bearing.of(
            host(List.of(new HostStall(4_000 * MILLI, 1_000 * MILLI, StallCause.UNKNOWN))),
            new Seed(1));

    assertThat(bearings).hasSize(Bearing.SETTINGS.size());
    for (Bearing each : bearings) {
      boolean isBorne = each.setting().electionMinMillis() > 1_500;
      assertThat(each.elections() == 0).as(each.toString()).isEqualTo(isBorne);
    }
  }

  @Test
  void anHonestHostNeedsNothing() {
    assertThat(Bearing.of(host(List.of()), new Seed(1))).allMatch(each -> each.elections() == 0);
  }

  private static HostReport host(List<HostStall> stalls) {
    return new HostReport(0, 10_000 * MILLI, new Lateness(List.of(1L), 0), stalls, List.of());
  }
}
