package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.sim.Invariants;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What soak runs once found in our own Raft, each as short as it can be told.
final class SoakFindingsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ServerId N1 = new ServerId(1);
  private static final ServerId N2 = new ServerId(2);
  private static final ServerId N4 = new ServerId(4);

  /// A leader that removes itself, and ends when it alone has the entry that says so. Without that
  /// entry nobody can be elected; so it has to stand once more (thesis §4.2.2).
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aServerThatItsOwnLogRemovesMayBeNeeded(long seed) {
    Simulation simulation = cluster(2, 1, RaftOptions.DEFAULTS, seed);
    Configuration changed = new Configuration(List.of(N2), List.of(), List.of());
    await(simulation, () -> simulation.server(N1).applied() > 0);

    simulation.server(N1).changeMembership(List.of(N2), List.of(), _ -> {});
    await(simulation, () -> simulation.server(N1).status().configuration().equals(changed));
    simulation.network().isolate(N1);
    simulation.run(5 * SECOND);
    simulation.crash(N1);
    simulation.start(N1);
    simulation.network().healAll();

    assertThat(SoakRecovery.await(simulation)).isInstanceOf(SoakRecovery.Outcome.Recovered.class);
    assertThat(leads(simulation, N2)).isTrue();
  }

  /// A server that joins gets the log from its first entry, and what the cluster is from a later
  /// one. In between it does not know what a snapshot would have to say of the cluster.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aServerTakesNoSnapshotOfAClusterThatItDoesNotKnow(long seed) {
    RaftOptions oneByOne =
        RaftOptions.parse(List.of("batch-entries=1", "pipeline=1", "snapshot-entries=0"));
    Simulation simulation = cluster(4, 3, oneByOne, seed);
    SimServer leader = leader(simulation);
    for (int i = 0; i < 100; i++) {
      leader.propose(command(i), _ -> {});
    }
    await(simulation, () -> leader.applied() >= 100);

    leader.changeMembership(leader.status().configuration().voters(), List.of(N4), _ -> {});
    SimServer joining = simulation.server(N4);
    await(simulation, () -> joining.applied() >= 50);
    joining.takeSnapshot();

    assertThat(joining.log().snapshot().index()).isZero();
    assertThat(SoakRecovery.await(simulation)).isInstanceOf(SoakRecovery.Outcome.Recovered.class);
    joining.takeSnapshot();
    simulation.run(SECOND);
    assertThat(joining.log().snapshot().index()).isGreaterThan(100);
  }

  private static Simulation cluster(int servers, int voters, RaftOptions raft, long seed) {
    return Simulation.of(
        SimulationOptions.of(servers, () -> new Sessions(new Store()))
            .withCluster(Configuration.ofVoters(voters))
            .withRaft(raft)
            .withObserver(Invariants.of(raft, new Seed(seed))),
        new Seed(seed));
  }

  private static Bytes command(long number) {
    Command command = new Command.Put("x", Datum.of(number));
    return new SessionCommand.Unprotected(command.toBytes()).toBytes();
  }

  private static void await(Simulation simulation, BooleanSupplier condition) {
    assertThat(simulation.runUntil(condition, simulation.nowNanos() + 60 * SECOND)).isTrue();
  }

  private static boolean leads(Simulation simulation, ServerId id) {
    return simulation.server(id).status().role() == Status.RoleName.LEADER;
  }

  private static SimServer leader(Simulation simulation) {
    await(simulation, () -> simulation.servers().stream().anyMatch(id -> leads(simulation, id)));
    return simulation.servers().stream()
        .filter(id -> leads(simulation, id))
        .map(simulation::server)
        .findFirst()
        .orElseThrow();
  }
}
