package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Packet filters of runners that end in several ways. Skipped, with the reason, where there can be
/// none.
@Timeout(120)
final class FilterLeftoversTest {
  /// What a [LonelyFilter] makes.
  private static final List<String> KINDS =
      PacketDelays.complaint().isEmpty()
          ? List.of("packet filter", "packet queue")
          : List.of("packet filter");

  private final FilterLeftovers leftovers = new FilterLeftovers();

  @BeforeAll
  static void theKernelDropsPackets() {
    KernelLinks.probe().reasonAgainst(Capability.CUT_LINKS).ifPresent(Assumptions::abort);
  }

  /// Of those of one process, of which many may be running here.
  private List<String> of(Process runner, Sweep sweep) {
    return of(runner.toHandle(), sweep);
  }

  private List<String> of(ProcessHandle runner, Sweep sweep) {
    return leftovers.find(sweep).stream()
        .filter(name -> name.contains("_%d_".formatted(runner.pid())))
        .toList();
  }

  @Test
  void whatAKilledRunnerLeavesIsRemoved() throws IOException {
    Process runner = LonelyRunner.start(LonelyFilter.class);
    try {
      assertThat(of(runner, Sweep.ORPHANS)).isEmpty();
      assertThat(of(runner, Sweep.ALL)).hasSize(KINDS.size());
    } finally {
      runner.destroyForcibly().onExit().join();
    }

    List<String> left = of(runner, Sweep.ORPHANS);
    assertThat(left)
        .extracting(name -> name.substring(0, name.indexOf(" labrys_")))
        .containsExactlyElementsOf(KINDS);
    assertThat(leftovers.remove(Sweep.ORPHANS)).containsAll(left);
    assertThat(of(runner, Sweep.ALL)).isEmpty();
  }

  @Test
  void aRunnerThatIsAskedToEndLeavesNothing() throws IOException {
    Process runner = LonelyRunner.start(LonelyFilter.class);

    runner.destroy();
    runner.onExit().join();

    assertThat(of(runner, Sweep.ALL)).isEmpty();
  }

  @Test
  void whatIsClosedLeavesNothing() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    try (KernelLinks links = KernelLinks.begin()) {
      links.onBridge(Optional.empty());
      assertThat(links.dropped()).isZero();
      assertThat(of(self, Sweep.ALL)).hasSize(1);
    }

    assertThat(of(self, Sweep.ALL)).isEmpty();
  }
}
