package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Control groups of runners that end in several ways. Skipped, with the reason, where there can be
/// none.
@Timeout(120)
final class GroupLeftoversTest {
  private final GroupLeftovers leftovers = new GroupLeftovers();

  @BeforeAll
  static void thereAreGroups() {
    ControlGroup.complaint().ifPresent(Assumptions::abort);
  }

  /// Of those of one process, of which many may be running here.
  private List<String> of(Process runner, Sweep sweep) throws IOException {
    return leftovers.find(sweep).stream()
        .filter(name -> name.contains("_%d_".formatted(runner.pid())))
        .toList();
  }

  @Test
  void whatAKilledRunnerLeavesIsRemovedWithAllWhoAreInIt() throws IOException {
    Process runner = LonelyRunner.start(LonelyGroup.class);
    List<ProcessHandle> members = runner.children().toList();
    try {
      assertThat(members).hasSize(1);
      assertThat(of(runner, Sweep.ORPHANS)).isEmpty();
      assertThat(of(runner, Sweep.ALL)).hasSize(1);
    } finally {
      runner.destroyForcibly().onExit().join();
    }

    List<String> left = of(runner, Sweep.ORPHANS);
    assertThat(left).singleElement().asString().matches("control group labrys_.*\\.n1");
    assertThat(leftovers.remove(Sweep.ORPHANS)).containsAll(left);
    assertThat(of(runner, Sweep.ALL)).isEmpty();
    members.getFirst().onExit().join();
  }

  @Test
  void aRunnerThatIsAskedToEndLeavesNothing() throws IOException {
    Process runner = LonelyRunner.start(LonelyGroup.class);

    runner.destroy();
    runner.onExit().join();

    assertThat(of(runner, Sweep.ALL)).isEmpty();
  }
}
