package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import dev.labrys.history.Seed;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Simulated nodes obey the levers that real ones obey.
final class SimClusterTest {
  private static final NodeId N2 = NodeId.numbered(2);

  private final Simulation simulation =
      Simulation.of(SimulationOptions.of(3, Puppet.Echo::new), new Seed(4));
  private final SimCluster cluster = new SimCluster(simulation);

  @Test
  void leversDoWhatTheySay() throws IOException {
    RandomGenerator random = new Seed(5).stream("levers");
    List<Lever> levers = List.of(Lever.values());
    for (int pull = 0; pull < 500; pull++) {
      Lever lever = levers.get(random.nextInt(levers.size()));
      NodeState before = cluster.state(N2);

      cluster.pull(lever, N2);
      simulation.run(SECOND / 50);

      assertThat(cluster.state(N2)).isEqualTo(lever.after(before));
    }
  }

  @Test
  void theOthersElectALeaderWithoutTheOneThatWasKilled() throws IOException {
    cluster.pull(Lever.KILL, N2);

    boolean isLed =
        simulation.runUntil(() -> new Victim.Leader().in(simulation).isPresent(), 10 * SECOND);

    assertThat(isLed).isTrue();
    assertThat(cluster.nodes()).hasSize(3);
    assertThat(cluster.state(N2)).isEqualTo(NodeState.STOPPED);
  }

  @Test
  void aClosedClusterDoesNothing() {
    cluster.close();
    cluster.close();

    assertThat(cluster.nodes()).allMatch(node -> cluster.state(node) == NodeState.STOPPED);
  }

  @Test
  void nobodyElseIsToBeFound() {
    assertThatThrownBy(() -> cluster.state(NodeId.numbered(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n4");
    assertThatThrownBy(() -> cluster.address(N2, new Party.Clients()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("simulated");
    assertThat(cluster.log(N2)).isEmpty();
    assertThat(cluster.data(N2)).isEmpty();
  }
}
