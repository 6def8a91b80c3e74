package dev.labrys.cluster;

import static dev.labrys.cluster.NodeState.PAUSED;
import static dev.labrys.cluster.NodeState.RUNNING;
import static dev.labrys.cluster.NodeState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LeverTest {
  @Test
  void movesANodeThatItAppliesTo() {
    assertThat(Lever.START.after(STOPPED)).isEqualTo(RUNNING);
    assertThat(Lever.PAUSE.after(RUNNING)).isEqualTo(PAUSED);
    assertThat(Lever.RESUME.after(PAUSED)).isEqualTo(RUNNING);
    assertThat(Lever.STOP.after(PAUSED)).isEqualTo(STOPPED);
    assertThat(Lever.KILL.after(PAUSED)).isEqualTo(STOPPED);
  }

  @Test
  void leavesANodeThatItDoesNotApplyTo() {
    assertThat(Lever.START.after(PAUSED)).isEqualTo(PAUSED);
    assertThat(Lever.PAUSE.after(STOPPED)).isEqualTo(STOPPED);
    assertThat(Lever.RESUME.after(STOPPED)).isEqualTo(STOPPED);
  }

  @ParameterizedTest
  @EnumSource
  void twiceIsOnce(Lever lever) {
    for (NodeState before : NodeState.values()) {
      NodeState once = lever.after(before);

      assertThat(lever.after(once)).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resumingAndStartingHealsWhateverWasDone(Lever lever) {
    NodeState broken = lever.after(RUNNING);

    assertThat(Lever.START.after(Lever.RESUME.after(broken))).isEqualTo(RUNNING);
  }
}
