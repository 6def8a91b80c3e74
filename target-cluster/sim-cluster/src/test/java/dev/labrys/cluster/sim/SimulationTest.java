package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A cluster of real servers in the hands of a driver.
final class SimulationTest {
  private final SimulationOptions options =
      SimulationOptions.of(3, Puppet.Echo::new).withWeather(Puppet.STEADY);
  private final Simulation simulation = Simulation.of(options, new Seed(1));

  private Optional<ServerId> leader() {
    return new Victim.Leader().in(simulation);
  }

  private SimServer electedLeader() {
    assertThat(simulation.runUntil(() -> leader().isPresent(), 10 * SECOND)).isTrue();
    return simulation.server(leader().orElseThrow());
  }

  @Test
  void aClusterElectsALeader() {
    SimServer leader = electedLeader();

    assertThat(leader.status().role()).isEqualTo(Status.RoleName.LEADER);
    assertThat(simulation.nowNanos()).isLessThan(2 * SECOND);
  }

  @Test
  void whatIsProposedIsAppliedEverywhere() {
    SimServer leader = electedLeader();
    List<Reply> replies = new ArrayList<>();

    LogPosition place = leader.propose(Bytes.of("a"), replies::add);
    simulation.run(SECOND);

    assertThat(place).isEqualTo(leader.log().last());
    assertThat(replies).containsExactly(new Reply.Output(Bytes.of("done a")));
    for (ServerId id : simulation.servers()) {
      assertThat(simulation.server(id).applied()).isEqualTo(place.index());
      assertThat(simulation.server(id).machine().snapshot()).isEqualTo(Bytes.of("a"));
      assertThat(simulation.disk(id).synced().entries()).hasSize((int) place.index());
    }
  }

  @Test
  void aFollowerHasNoPlaceForACommand() {
    ServerId leader = electedLeader().id();
    List<Reply> replies = new ArrayList<>();

    for (ServerId id : simulation.servers()) {
      if (!id.equals(leader)) {
        assertThat(simulation.server(id).propose(Bytes.of("a"), replies::add))
            .isEqualTo(LogPosition.ZERO);
      }
    }

    assertThat(replies).hasSize(2).allMatch(Reply::isRefusedForGood);
  }

  @Test
  void aServerStartsWithWhatItStored() {
    SimServer leader = electedLeader();
    leader.propose(Bytes.of("a"), _ -> {});
    simulation.run(SECOND);
    long term = leader.status().term();

    simulation.servers().forEach(simulation::powerLoss);
    simulation.servers().forEach(simulation::start);

    for (ServerId id : simulation.servers()) {
      assertThat(simulation.server(id).starts()).isEqualTo(2);
      assertThat(simulation.server(id).status().term()).isEqualTo(term);
      assertThat(simulation.server(id).log().last()).isEqualTo(new LogPosition(2, term));
      assertThat(simulation.server(id).applied()).isZero();
    }
  }

  @Test
  void aSnapshotReplacesTheLog() {
    SimServer leader = electedLeader();
    leader.propose(Bytes.of("a"), _ -> {});
    simulation.run(SECOND);

    leader.takeSnapshot();
    simulation.run(SECOND);
    simulation.crash(leader.id());
    simulation.start(leader.id());

    assertThat(leader.log().snapshot().index()).isEqualTo(2);
    assertThat(simulation.disk(leader.id()).snapshotBytes()).isEqualTo(1);
    assertThat(leader.machine().snapshot()).isEqualTo(Bytes.of("a"));
    assertThat(leader.applied()).isEqualTo(2);
  }

  @Test
  void aServerMayJoinLater() {
    Simulation growing =
        Simulation.of(
            SimulationOptions.of(4, Puppet.Echo::new).withCluster(Configuration.ofVoters(3)),
            new Seed(2));
    ServerId fourth = new ServerId(4);
    growing.runUntil(3 * SECOND);
    SimServer leader = growing.server(new Victim.Leader().in(growing).orElseThrow());
    List<Reply> replies = new ArrayList<>();
    assertThat(growing.server(fourth).status().configuration()).isEqualTo(Configuration.NONE);

    leader.changeMembership(growing.servers(), List.of(), replies::add);
    growing.run(3 * SECOND);

    assertThat(replies).containsExactly(new Reply.Done());
    assertThat(growing.server(fourth).status().configuration())
        .isEqualTo(Configuration.ofVoters(4));
  }

  @Test
  void leadershipIsHandedOver() {
    SimServer leader = electedLeader();
    simulation.run(SECOND);
    ServerId other = simulation.servers().get(leader.id().number() % 3);

    leader.transfer(other, _ -> {});
    simulation.run(SECOND);

    assertThat(leader()).contains(other);
  }

  @Test
  void timePassesAsAsked() {
    List<String> happened = new ArrayList<>();
    simulation.after(5, () -> happened.add("second"));
    simulation.at(3, () -> happened.add("first"));

    simulation.runUntil(4);
    assertThat(happened).containsExactly("first");
    simulation.run(1);
    assertThat(happened).containsExactly("first", "second");
    assertThat(simulation.nowNanos()).isEqualTo(5);
    assertThatThrownBy(() -> simulation.at(4, () -> {})).hasMessage("4 ns has passed: it is 5 ns");
  }

  @Test
  void aWaitEndsWithTheEventOrTheDeadline() {
    boolean[] isDone = {false};
    simulation.at(30, () -> isDone[0] = true);

    assertThat(simulation.runUntil(() -> isDone[0], 20)).isFalse();
    assertThat(simulation.nowNanos()).isEqualTo(20);
    assertThat(simulation.runUntil(() -> isDone[0], 40)).isTrue();
    assertThat(simulation.nowNanos()).isEqualTo(30);
  }

  @Test
  void whatCanNotBeIsRefused() {
    simulation.crash(N1);

    assertThatThrownBy(() -> simulation.crash(N1)).hasMessage("n1 is down");
    assertThatThrownBy(() -> simulation.pause(N1)).hasMessage("n1 is down");
    assertThatThrownBy(() -> simulation.server(new ServerId(9)))
        .hasMessage("there is no n9 among 3 servers");
    simulation.start(N1);
    assertThatThrownBy(() -> simulation.start(N1)).hasMessage("n1 is up already");
    assertThatThrownBy(() -> simulation.crashAfter(N1, 0)).hasMessageContaining("call crash");
    assertThatThrownBy(() -> SimulationOptions.of(0, Puppet.Echo::new))
        .hasMessage("a simulation has 1 to 99 servers, not 0");
  }

  @Test
  void anotherConsumerOfRandomnessChangesNothing() {
    Simulation other = Simulation.of(options, new Seed(1));
    long drawn = other.random("something else").nextLong();
    simulation.runUntil(5 * SECOND);
    other.runUntil(5 * SECOND);

    assertThat(drawn).isNotZero();
    assertThat(other.fingerprint()).isEqualTo(simulation.fingerprint());
    assertThat(other.events()).isEqualTo(simulation.events());
  }

  @Test
  void aClosedLoopWaitsForEachOutcome() {
    Simulation calm =
        Simulation.of(
            SimulationOptions.of(3, () -> new Sessions(new Store()))
                .withClientWeather(Puppet.STEADY),
            new Seed(3));
    RegisterScript script = new RegisterScript(2);
    ClientLoad load =
        ClientLoad.closed(
            calm,
            ClientOptions.DEFAULTS,
            client -> StoreCaller.of(client, script),
            4,
            new Delay.Fixed(100 * MILLI));

    calm.runUntil(20 * SECOND);
    assertThat(load.open()).isLessThanOrEqualTo(4);
    assertThat(load.calls()).isBetween(600L, 800L);
    load.stop();
    calm.run(5 * SECOND);

    assertThat(load.open()).isZero();
    assertThat(load.ok() + load.failed() + load.unknown()).isEqualTo(load.calls());
    assertThat(load.unknown()).isZero();
  }

  @Test
  void anOpenLoopDoesNotWait() {
    Simulation calm =
        Simulation.of(SimulationOptions.of(3, () -> new Sessions(new Store())), new Seed(4));
    RegisterScript script = new RegisterScript(2);
    calm.runUntil(3 * SECOND);
    calm.servers().forEach(calm::pause);
    ClientLoad load =
        ClientLoad.open(
            calm,
            ClientOptions.DEFAULTS,
            client -> StoreCaller.of(client, script),
            30,
            new Delay.Fixed(100 * MILLI));

    calm.run(5 * SECOND);

    assertThat(load.calls()).isEqualTo(30);
    assertThat(load.skipped()).isEqualTo(20);
    assertThat(load.open()).isEqualTo(30);
  }

  @Test
  void twoLoadsDoNotCallInStep() {
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    Delay pause = new Delay.LongTail(0, 10 * MILLI, SECOND);
    ClientLoad.open(
        simulation, ClientOptions.DEFAULTS, _ -> _ -> first.add(simulation.nowNanos()), 99, pause);
    ClientLoad.open(
        simulation, ClientOptions.DEFAULTS, _ -> _ -> second.add(simulation.nowNanos()), 99, pause);

    simulation.run(SECOND);

    assertThat(first).hasSizeGreaterThan(50).doesNotContainAnyElementsOf(second);
  }
}
