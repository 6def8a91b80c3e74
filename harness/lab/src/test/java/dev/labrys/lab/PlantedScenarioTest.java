package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.sim.InvariantViolation;
import dev.labrys.cluster.sim.Invariants;
import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Seed;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mistakes that take so many coincidences to show that a script has to bring them about.
final class PlantedScenarioTest {
  private static final long SECOND = 1_000_000_000L;

  /// Figure 8, from (a) to (d): who has what the first leader left behind decides nothing.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void committingEarlierTermsByCountingIsFound(long seed) {
    assertThatThrownBy(() -> figure8(cluster(5, PlantedRules.COMMITS_OLD_TERMS, seed)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("Leader Completeness");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void figure8IsSurvived(long seed) {
    Simulation simulation = cluster(5, Rules.RAFT, seed);

    figure8(simulation);

    assertThat(SoakRecovery.await(simulation)).isInstanceOf(SoakRecovery.Outcome.Recovered.class);
  }

  private static void figure8(Simulation simulation) {
    ServerId first = leaderAmong(simulation, simulation.servers());
    List<ServerId> others = without(simulation.servers(), first);
    List<ServerId> with = List.of(first, others.get(0));
    List<ServerId> rest = others.subList(1, 4);

    // (a) An entry gets to the first leader and one other.
    simulation.network().partition(List.of(with, rest));
    propose(simulation, first);
    simulation.run(SECOND / 10);

    // (b) Somebody else leads, and makes an entry that nobody gets.
    ServerId second = leaderAmong(simulation, rest);
    simulation.network().isolate(second);
    propose(simulation, second);
    simulation.run(SECOND / 10);

    // (c) The first entry gets to all others, in a later term.
    simulation.crash(first);
    simulation.start(first);
    List<ServerId> four = without(simulation.servers(), second);
    simulation.network().partition(List.of(four));
    ServerId third = leaderAmong(simulation, with);
    simulation.run(SECOND / 10);

    // (d) The second leader comes back with the better log, and nobody wins without its vote.
    List<ServerId> two = without(four, third).subList(0, 2);
    simulation.network().reconnect(second);
    simulation.network().partition(List.of(List.of(second, two.get(0), two.get(1))));
    leaderAmong(simulation, List.of(second));
    simulation.network().healAll();
  }

  /// Of two logs, one is longer and the other one has the later term.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void refusingABetterLogThatIsShorterIsFound(long seed) {
    Simulation simulation = cluster(3, PlantedRules.BOTH_MUST_BE_LARGER, seed);

    cross(simulation);

    assertThat(SoakRecovery.await(simulation)).isInstanceOf(SoakRecovery.Outcome.Stuck.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void logsThatCrossAreSurvived(long seed) {
    Simulation simulation = cluster(3, Rules.RAFT, seed);

    cross(simulation);

    assertThat(SoakRecovery.await(simulation)).isInstanceOf(SoakRecovery.Outcome.Recovered.class);
  }

  private static void cross(Simulation simulation) {
    ServerId first = leaderAmong(simulation, simulation.servers());
    List<ServerId> others = without(simulation.servers(), first);
    simulation.network().isolate(first);
    for (int i = 0; i < 10; i++) {
      propose(simulation, first);
    }
    ServerId second = leaderAmong(simulation, others);
    propose(simulation, second);
    simulation.run(SECOND / 10);
    simulation.crash(first);
    others.forEach(simulation::crash);
    simulation.network().healAll();
    simulation.start(first);
    simulation.start(second);
  }

  private static Simulation cluster(int servers, Rules rules, long seed) {
    RaftOptions raft =
        RaftOptions.parse(
            List.of("no-op=false", "reads=log", "pre-vote=false", "check-quorum=false"));
    return Simulation.of(
        SimulationOptions.of(servers, () -> new Sessions(new Store()))
            .withRaft(raft)
            .withReplicas(ReplicaFactory.withRules(rules))
            .withObserver(Invariants.of(raft, new Seed(seed))),
        new Seed(seed));
  }

  /// Waits until one of `servers` leads in a later term than all others.
  private static ServerId leaderAmong(Simulation simulation, List<ServerId> servers) {
    boolean isFound =
        simulation.runUntil(
            () -> servers.contains(latestLeader(simulation)), simulation.nowNanos() + 60 * SECOND);

    assertThat(isFound).isTrue();
    return latestLeader(simulation);
  }

  private static ServerId latestLeader(Simulation simulation) {
    long latest = 0;
    ServerId leader = ServerId.NOBODY;
    for (ServerId id : simulation.servers()) {
      if (simulation.server(id).isUp() && simulation.server(id).status().term() >= latest) {
        Status status = simulation.server(id).status();
        boolean leads = status.role() == Status.RoleName.LEADER;
        leader = leads ? id : status.term() > latest ? ServerId.NOBODY : leader;
        latest = status.term();
      }
    }
    return leader;
  }

  private static List<ServerId> without(List<ServerId> servers, ServerId left) {
    return servers.stream().filter(server -> !server.equals(left)).toList();
  }

  private static void propose(Simulation simulation, ServerId leader) {
    Command command = new Command.Put("x", Datum.of(simulation.nowNanos()));
    simulation
        .server(leader)
        .propose(new SessionCommand.Unprotected(command.toBytes()).toBytes(), _ -> {});
  }
}
