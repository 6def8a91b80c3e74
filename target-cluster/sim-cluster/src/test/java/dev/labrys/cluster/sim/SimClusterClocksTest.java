package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.Surroundings.Timers;
import dev.labrys.cluster.WallClock;
import dev.labrys.history.Seed;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Clocks of simulated nodes that are wrong, as the nodes tell.
final class SimClusterClocksTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final long MILLI = 1_000_000;

  private final Simulation simulation =
      Simulation.of(SimulationOptions.of(3, Puppet.Echo::new), new Seed(4));
  private final SimCluster cluster = new SimCluster(simulation);

  /// How far the wall clock of n2 is ahead of that of n1, in milliseconds.
  private long ahead() {
    return cluster.clockMillis(N2).orElseThrow() - cluster.clockMillis(N1).orElseThrow();
  }

  private void set(WallClock clock) throws IOException {
    cluster.surround(N2, Surroundings.USUAL.with(clock));
  }

  private void set(Timers timers) throws IOException {
    cluster.surround(N2, Surroundings.USUAL.with(timers));
  }

  @Test
  void aClockThatJumpsIsSeenByItsNodeAlone() throws IOException {
    long year2000 = 946_684_800_000L;
    assertThat(cluster.clockMillis(N1)).hasValue(year2000 + simulation.nowNanos() / MILLI);

    set(WallClock.ahead(-3_600 * SECOND));
    simulation.run(7 * SECOND);

    assertThat(ahead()).isEqualTo(-3_600_000);
    set(WallClock.RIGHT);
    assertThat(ahead()).isZero();
  }

  @Test
  void aClockThatDriftsIsFurtherAndFurtherAheadWhateverItsNodeDoes() throws IOException {
    set(WallClock.drifting(200_000));

    simulation.run(5 * SECOND);
    assertThat(ahead()).isEqualTo(1_000);
    cluster.pull(Lever.KILL, N2);
    assertThat(cluster.clockMillis(N2)).isEmpty();
    cluster.pull(Lever.START, N2);
    simulation.run(5 * SECOND);
    assertThat(ahead()).isEqualTo(2_000);

    set(WallClock.drifting(200_000));
    assertThat(ahead()).isEqualTo(2_000);
    set(WallClock.RIGHT);
    assertThat(ahead()).isZero();
  }

  @Test
  void aClockThatStrobesJumpsToAndFro() throws IOException {
    set(WallClock.strobing(60 * SECOND, SECOND));

    for (int period = 0; period < 3; period++) {
      assertThat(ahead()).isZero();
      simulation.run(SECOND / 2);
      assertThat(ahead()).isEqualTo(60_000);
      simulation.run(SECOND / 2);
    }
  }

  /// What its timers go by is another clock.
  @Test
  void timersDriftWithTheClockThatOnlyCounts() throws IOException {
    SimClock clock = simulation.clock(simulation.servers().get(1));
    long start = clock.nowNanos();

    set(Timers.drifting(-500_000));
    simulation.run(4 * SECOND);
    cluster.pull(Lever.KILL, N2);
    simulation.run(2 * SECOND);
    assertThat(clock.nowNanos() - start).isEqualTo(3 * SECOND);
    assertThat(cluster.clockMillis(N1)).isPresent();
    cluster.pull(Lever.START, N2);
    assertThat(ahead()).isZero();

    set(Timers.ON_TIME);
    simulation.run(SECOND);
    assertThat(clock.nowNanos() - start).isEqualTo(4 * SECOND);
  }
}
