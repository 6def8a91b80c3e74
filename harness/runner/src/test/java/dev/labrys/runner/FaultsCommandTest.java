package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.machine.NodeSurroundings;
import dev.labrys.cluster.sim.SimCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class FaultsCommandTest {
  private static final Path HERE = Path.of("");

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
            processes   can   cut-links             stop bytes from one node to another, in one direction
            processes   can   delay-links           make bytes from one node to another late
            processes   can't stall-timers          this kind of cluster can't, on any machine
            """)
        .hasLineCount(Capability.values().length + 1);
  }

  /// What takes root or a package is possible, or else the reason is a sentence.
  @Test
  void whatDependsOnTheMachineComesWithAReason() {
    Capabilities machine = NodeSurroundings.probe();

    String out = Typed.in(HERE, "faults", "--deploy", "processes").out();

    for (Capability each : machine.found()) {
      assertThat(out).contains("processes   can   %-21s ".formatted(Choice.name(each)));
    }
    machine
        .denied()
        .forEach((each, reason) ->
            assertThat(out)
                .contains("processes   can't %-21s %s".formatted(Choice.name(each), reason)));
  }

  @Test
  void inASimulationAllIsPossibleThatHasAMeaning() {
    Typed typed = Typed.in(HERE, "faults", "--deploy", "simulation");

    assertThat(typed.exitCode()).isZero();
    for (Capability each : SimCluster.CAPABILITIES.found()) {
      assertThat(typed.out()).contains("simulation  can   " + Choice.name(each), each.meaning());
    }
    assertThat(typed.out())
        .contains("simulation  can't shift-clock           its nodes look at no");
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
          .hasLineCount(Capability.values().length + 1);
      assertThat(all.out()).contains("containers  can   pause");
    } catch (ContainersUnavailable reason) {
      assertThat(typed).isEqualTo(new Typed(69, "", "labrys: " + reason.getMessage() + "\n"));
      assertThat(all.out()).contains("containers  not here: " + reason.getMessage());
    }
  }
}
