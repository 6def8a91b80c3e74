package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.cluster.machine.NodeSurroundings;
import dev.labrys.cluster.sim.SimCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class FaultsCommandTest {
  private static final Path HERE = Path.of("");

  /// One for each capability, for kill, and for what is tried of the kernel.
  private static final int LINES = Capability.values().length + 5;

  @Test
  void processesCanBeKilledAndPausedAndCutOff() {
    Typed typed = Typed.in(HERE, "faults", "--deploy", "processes");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .startsWith(
            """
            processes   can   kill                  start a node, stop it, end it at once
            processes   can   pause                 freeze a node and let it run on
            processes   can   cut-links             stop bytes between nodes
            processes   can   cut-one-way           stop bytes from one node to another, and not those back
            processes   can   delay-links           make bytes from one node to another late
            processes   can   drop-messages         lose, double and reorder single messages from one node to another
            processes   can't drop-packets          a proxy passes bytes on, and sees no packets: choose links by the kernel
            processes   can   stall-timers          labrys-raft only: let the timers of a node be late
            processes   can   drift-timers          labrys-raft only: let the timers of a node go faster or slower
            processes   can   transfer-leadership   labrys-raft only: have a node lead
            processes   can   change-members        labrys-raft only: take a node out of the cluster and in again
            """)
        .doesNotContain("on any machine")
        .hasLineCount(LINES);
  }

  /// Whether the kernel can depends on the machine; that it can't do some things does not.
  @Test
  void whatTheKernelCanDoInPlaceOfProxiesIsListed() {
    Capabilities kernel = KernelLinks.probe();

    String out = Typed.in(HERE, "faults", "--deploy", "processes").out();

    for (Capability each :
        List.of(Capability.CUT_LINKS, Capability.DELAY_LINKS, Capability.DROP_PACKETS)) {
      String what = Choice.name(each) + " (kernel)";
      assertThat(out)
          .contains(
              kernel
                  .reasonAgainst(each)
                  .map(reason -> "processes   can't %-21s %s".formatted(what, reason))
                  .orElse("processes   can   %-21s %s".formatted(what, each.meaning())));
    }
    assertThat(out)
        .contains(
            "processes   can't cut-one-way (kernel)  "
                + kernel.reasonAgainst(Capability.CUT_ONE_WAY).orElseThrow());
  }

  /// What takes root or a package is possible, or else the reason is a sentence.
  @Test
  void whatDependsOnTheMachineComesWithAReason() {
    Capabilities machine = NodeSurroundings.probe();
    Capabilities own = NodeSurroundings.probe(Systems.own());

    String out = Typed.in(HERE, "faults", "--deploy", "processes").out();

    for (Capability each : machine.found()) {
      assertThat(out).contains("processes   can   %-21s ".formatted(Choice.name(each)));
    }
    // By the one means or the other, but named.
    assertThat(out).contains("lose what a node wrote and did not sync, by a ");
    machine
        .denied()
        .forEach((each, reason) ->
            assertThat(out)
                .contains(
                    own.has(each)
                        ? "processes   can   %-21s labrys-raft only".formatted(Choice.name(each))
                        : "processes   can't %-21s %s".formatted(Choice.name(each), reason)));
  }

  @Test
  void inASimulationAllIsPossibleThatHasAMeaning() {
    Typed typed = Typed.in(HERE, "faults", "--deploy", "simulation");

    assertThat(typed.exitCode()).isZero();
    for (Capability each : SimCluster.CAPABILITIES.found()) {
      assertThat(typed.out()).contains("simulation  can   " + Choice.name(each), each.meaning());
    }
  }

  @Test
  void containersCanBePausedOrItIsSaidWhyNot() {
    Typed typed = Typed.in(HERE, "faults", "--deploy", "containers");
    Typed all = Typed.in(HERE, "faults");

    assertThat(all.exitCode()).isZero();
    assertThat(all.out()).contains("processes   can   pause", "simulation  can   pause");
    try {
      Engine.probe();
      assertThat(typed.out())
          .contains("containers  can   pause", "containers  can   cut-links")
          .hasLineCount(LINES);
      assertThat(all.out()).contains("containers  can   pause");
    } catch (ContainersUnavailable reason) {
      assertThat(typed).isEqualTo(new Typed(69, "", "labrys: " + reason.getMessage() + "\n"));
      assertThat(all.out()).contains("containers  not here: " + reason.getMessage());
    }
  }
}
