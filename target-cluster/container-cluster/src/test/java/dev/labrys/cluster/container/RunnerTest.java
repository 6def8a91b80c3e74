package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunnerTest {

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
