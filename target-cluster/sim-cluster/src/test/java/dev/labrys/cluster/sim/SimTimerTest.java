package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimTimerTest {
  private final List<Long> fired = new ArrayList<>();

  /// A server whose timer is set anew `nanos` from now whenever it is told to go.
  private Simulation waiting(long nanos) {
    Simulation[] made = new Simulation[1];
    made[0] =
        Puppet.simulation(
            1,
            (_, now, input) -> {
              if (input instanceof Input.TimerFired) {
                fired.add(made[0].nowNanos() / MILLI);
              }
              return input instanceof Input.Proposed
                  ? List.of(new Effect.SetTimer(now + nanos))
                  : List.of();
            });
    return made[0];
  }

  private static void go(Simulation simulation) {
    simulation.server(N1).propose(Bytes.EMPTY, _ -> {});
  }

  @Test
  void aTimerFiresOnce() {
    Simulation simulation = waiting(300 * MILLI);

    go(simulation);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(300L);
  }

  @Test
  void settingATimerAgainReplacesIt() {
    Simulation simulation = waiting(300 * MILLI);

    go(simulation);
    simulation.runUntil(200 * MILLI);
    go(simulation);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(500L);
  }

  @Test
  void settingATimerALotLeavesNothingBehind() {
    Simulation simulation = waiting(300 * MILLI);

    for (int i = 0; i < 10_000; i++) {
      go(simulation);
      simulation.run(MILLI);
    }

    assertThat(fired).isEmpty();
    assertThat(simulation.events()).isLessThan(60);
    assertThat(simulation.agenda().size()).isEqualTo(1);
  }

  @Test
  void aFastClockMakesItEarly() {
    Simulation simulation = waiting(1_000 * MILLI);

    go(simulation);
    simulation.clock(N1).drift(250_000);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(800L);
  }

  @Test
  void aJumpMakesItDueAtOnce() {
    Simulation simulation = waiting(1_000 * MILLI);

    go(simulation);
    simulation.runUntil(100 * MILLI);
    simulation.clock(N1).jump(5 * SECOND);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(100L);
  }

  @Test
  void aStallMakesItLate() {
    Simulation simulation = waiting(100 * MILLI);

    go(simulation);
    simulation.stallTimers(N1, 1_400 * MILLI);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(1_400L);
  }

  @Test
  void aStallThatEndsBeforeItIsDueDoesNothing() {
    Simulation simulation = waiting(100 * MILLI);

    go(simulation);
    simulation.stallTimers(N1, 60 * MILLI);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(100L);
  }

  @Test
  void aStallForGoodLeavesNothingBehind() {
    Simulation simulation = waiting(100 * MILLI);

    for (int i = 0; i < 10; i++) {
      go(simulation);
      simulation.stallTimers(N1, Long.MAX_VALUE / 4);
      simulation.run(SECOND);
      simulation.crash(N1);
      simulation.start(N1);
    }
    assertThat(fired).isEmpty();
    assertThat(simulation.agenda().size()).isZero();

    go(simulation);
    simulation.stallTimers(N1, Long.MAX_VALUE / 4);
    simulation.run(SECOND);
    simulation.stallTimers(N1, 0);

    simulation.run(SECOND);
    assertThat(fired).hasSize(1);
  }

  @Test
  void aPauseMakesItLate() {
    Simulation simulation = waiting(100 * MILLI);

    go(simulation);
    simulation.pause(N1);
    simulation.runUntil(3 * SECOND);
    assertThat(fired).isEmpty();
    simulation.resume(N1);

    assertThat(fired).containsExactly(3_000L);
  }

  @Test
  void aPauseThatEndsBeforeItIsDueDoesNothing() {
    Simulation simulation = waiting(100 * MILLI);

    go(simulation);
    simulation.pause(N1);
    simulation.runUntil(50 * MILLI);
    simulation.resume(N1);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).containsExactly(100L);
  }

  @Test
  void aTimerEndsWithItsServer() {
    Simulation simulation = waiting(100 * MILLI);

    go(simulation);
    simulation.crash(N1);
    simulation.start(N1);
    simulation.runUntil(10 * SECOND);

    assertThat(fired).isEmpty();
  }
}
