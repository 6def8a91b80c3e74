package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunnerTest {

  @Test
  void whoRunsIsNotGone() {
    assertThat(Runner.self().isGone()).isFalse();
  }

  @Test
  void whoHasEndedIsGone() throws IOException {
    Process brief = new ProcessBuilder("sleep", "1000").start();
    Runner self = Runner.self();
    brief.destroyForcibly().onExit().join();

    assertThat(new Runner(self.place(), brief.pid(), self.started()).isGone()).isTrue();
  }

  @Test
  void aNumberThatIsUsedAgainIsSomebodyElse() {
    Runner self = Runner.self();

    assertThat(new Runner(self.place(), self.pid(), "1").isGone()).isTrue();
  }

  @Test
  void nobodyKnowsWhoIsGoneElsewhere() {
    assertThat(new Runner("another machine", 999_999_999, "1").isGone()).isFalse();
  }

  @Test
  void labelsTellTheRunner() {
    Runner self = Runner.self();

    assertThat(Runner.of(self.labels())).contains(self);
    assertThat(Runner.of(Map.of())).isEmpty();
    assertThat(Runner.of(Map.of(Runner.PLACE, "a", Runner.PID, "b", Runner.STARTED, "c")))
        .isEmpty();
  }

  @Test
  void runsDiffer() {
    Run one = Run.begin();
    Run other = Run.begin();

    assertThat(one.id()).hasSize(10).isNotEqualTo(other.id());
    assertThat(one.labels()).containsEntry(Run.LABEL, one.id());
    assertThat(one.labels("n1")).containsEntry("dev.labrys.node", "n1");
  }
}
