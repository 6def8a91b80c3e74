package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RunMarkTest {

  @Test
  void noTwoRunsHaveTheSame() {
    assertThat(RunMark.next()).isNotEqualTo(RunMark.next());
    assertThat(RunMark.next().text()).matches("[a-z0-9_]+");
  }

  @Test
  void itIsReadAgain() {
    RunMark mark = RunMark.next();

    assertThat(RunMark.parse(mark.text())).contains(mark);
    assertThat(RunMark.parse("run")).isEmpty();
    assertThat(RunMark.parse(mark + "/..")).isEmpty();
    assertThatThrownBy(() -> new RunMark("run")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRunIsOverWhenItsRunnerHasEnded() throws IOException {
    Process process = new ProcessBuilder("sleep", "1000").start();
    RunMark mark = RunMark.of(KnownProcess.of(process.toHandle()), 1);
    try {
      assertThat(mark.isGone()).isFalse();
      assertThat(mark.isIn(Sweep.ORPHANS)).isFalse();
      assertThat(mark.isIn(Sweep.ALL)).isTrue();
    } finally {
      process.destroyForcibly().onExit().join();
    }

    assertThat(mark.isGone()).isTrue();
    assertThat(mark.isIn(Sweep.ORPHANS)).isTrue();
  }

  @Test
  void aRunnerWhoseNumberIsUsedAgainIsGone() {
    KnownProcess self = KnownProcess.self();

    assertThat(RunMark.of(self, 1).isGone()).isFalse();
    assertThat(RunMark.of(new KnownProcess(self.place(), self.pid(), "before"), 1).isGone())
        .isTrue();
  }

  @Test
  void nobodyHereKnowsOfARunElsewhere() {
    KnownProcess self = KnownProcess.self();
    RunMark mark = RunMark.of(new KnownProcess("another machine", self.pid(), "then"), 1);

    assertThat(mark.isGone()).isFalse();
    assertThat(mark.isIn(Sweep.ALL)).isFalse();
  }
}
