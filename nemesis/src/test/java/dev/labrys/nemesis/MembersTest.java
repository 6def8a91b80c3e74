package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.SimTimeline;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.Victim;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident.Phase;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Leaders that are told to go, and nodes that are no members for a while, in simulation.
final class MembersTest {
  private static final long SECOND = 1_000_000_000L;

  private final Simulation simulation =
      Simulation.of(SimulationOptions.of(5, Store::new), new Seed(11));
  private final SimCluster cluster = new SimCluster(simulation);
  private final List<Incident> incidents = new ArrayList<>();
  private final Nemesis nemesis =
      new Nemesis(
          cluster,
          cluster.nodes(),
          new SimTimeline(simulation),
          new Seed(12).stream("nemesis"),
          Recorder.inMemory(simulation::nowNanos),
          incidents::add);

  private List<Phase> phases() {
    return incidents.stream().map(Incident::phase).toList();
  }

  private void play(String... lines) {
    nemesis.play(Schedule.parse(String.join("\n", lines)));
  }

  private ServerId leader() {
    return new Victim.Leader().in(simulation).orElseThrow();
  }

  private List<Integer> voters(ServerId asSeenBy) {
    Configuration seen = simulation.server(asSeenBy).status().configuration();
    assertThat(seen.isJoint()).isFalse();
    return seen.voters().stream().map(ServerId::number).toList();
  }

  @Test
  void leadershipIsHandedOver() {
    play("5s..6s transfer:target=one");

    simulation.run(5 * SECOND - 1);
    ServerId before = leader();
    simulation.run(SECOND);

    assertThat(phases()).containsExactly(Phase.BEGINS, Phase.IN_FORCE, Phase.HEALED);
    assertThat(incidents.getFirst().fault()).isEqualTo("transfer:target=" + leader());
    assertThat(leader()).isNotEqualTo(before);
  }

  @Test
  void whoLeadsAlreadyIsNotToldTo() {
    simulation.run(5 * SECOND);
    play("5s.. transfer:target=leader", "6s.. transfer:target=" + leader());

    simulation.run(2 * SECOND);

    assertThat(phases()).containsExactly(Phase.MISSED, Phase.MISSED);
  }

  @Test
  void whoIsRemovedIsNoMemberUntilThatIsHealed() {
    play("5s..15s remove:target=n1+n2", "8s..12s remove:target=leader");

    simulation.run(7 * SECOND);
    assertThat(voters(leader())).containsExactly(3, 4, 5);
    ServerId removed = leader();
    simulation.run(4 * SECOND);
    assertThat(voters(leader())).hasSize(2).doesNotContain(1, 2, removed.number());
    simulation.run(3 * SECOND);
    assertThat(voters(leader())).containsExactly(3, 4, 5);
    simulation.run(6 * SECOND);

    assertThat(phases()).filteredOn(Phase.IN_FORCE::equals).hasSize(2);
    assertThat(phases()).filteredOn(Phase.HEALED::equals).hasSize(2);
    for (ServerId each : simulation.servers()) {
      assertThat(voters(each)).containsExactly(1, 2, 3, 4, 5);
    }
  }

  /// Those who are no members from the start know of no cluster.
  @Test
  void whoIsAddedIsAMemberUntilThatIsHealed() {
    Simulation larger =
        Simulation.of(
            SimulationOptions.of(4, Store::new).withCluster(Configuration.ofVoters(3)),
            new Seed(13));
    SimCluster four = new SimCluster(larger);
    Nemesis replacing =
        new Nemesis(
            four,
            four.nodes().subList(0, 3),
            new SimTimeline(larger),
            new Seed(14).stream("nemesis"),
            Recorder.inMemory(larger::nowNanos),
            incidents::add);
    larger.crash(new ServerId(4));
    replacing.play(
        Schedule.parse(
            "5s..15s remove:target=n2\n5s..15s add:target=n4\n20s..30s add:target=n4+n3\n"
                + "12s..16s kill:target=n4"));

    larger.run(10 * SECOND);
    assertThat(larger.server(new ServerId(4)).status().configuration().voters())
        .extracting(ServerId::number)
        .containsExactly(1, 3, 4);
    larger.run(8 * SECOND);
    assertThat(larger.server(new ServerId(2)).status().configuration())
        .isEqualTo(Configuration.ofVoters(3));
    larger.run(10 * SECOND);

    assertThat(phases()).filteredOn(Phase.IN_FORCE::equals).hasSize(3);
    assertThat(phases()).filteredOn(Phase.HEALED::equals).hasSize(3);
    assertThat(incidents.getLast().detail()).isEqualTo("n3 is a member from the start");
  }

  @Test
  void aClusterIsNeverLeftWithoutMembers() {
    play("5s.. remove:target=n1+n2+n3", "8s.. remove:target=n4+n5", "9s.. remove:target=all");

    simulation.run(15 * SECOND);

    assertThat(phases()).containsExactly(Phase.BEGINS, Phase.IN_FORCE, Phase.MISSED, Phase.MISSED);
    assertThat(voters(leader())).containsExactly(4, 5);
  }

  @Test
  void aClusterThatIsHurtChangesWhenItCan() {
    play(
        "5s..30s remove:target=n1",
        "5s..20s isolate:target=n2+n3+n4,direction=both",
        "5s..20s cut:n2=n3+n4,n3=n2+n4,n4=n2+n3");

    simulation.run(15 * SECOND);
    assertThat(phases()).filteredOn(Phase.IN_FORCE::equals).hasSize(2);
    simulation.run(10 * SECOND);
    assertThat(phases()).filteredOn(Phase.IN_FORCE::equals).hasSize(3);
    assertThat(voters(leader())).containsExactly(2, 3, 4, 5);
    simulation.run(10 * SECOND);

    assertThat(phases()).filteredOn(Phase.HEALED::equals).hasSize(3);
    assertThat(voters(leader())).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void whatComesTooLateIsMissed() {
    play("5s..30s pause:target=n2+n3+n4", "6s..9s remove:target=n1");
    simulation.run(15 * SECOND);
    assertThat(phases()).containsExactly(Phase.BEGINS, Phase.IN_FORCE, Phase.BEGINS, Phase.HEALING);
    simulation.run(20 * SECOND);

    assertThat(phases().subList(4, phases().size()))
        .contains(Phase.MISSED, Phase.HEALED)
        .doesNotContain(Phase.FAILED, Phase.IN_FORCE);
    assertThat(voters(leader())).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void allAreMembersAgainInTheEnd() {
    play("5s.. remove:target=minority", "6s.. kill:target=majority");
    simulation.run(10 * SECOND);
    List<List<String>> told = new ArrayList<>();

    nemesis.healAll(told::add);
    assertThat(told).isEmpty();
    simulation.run(20 * SECOND);

    assertThat(told).containsExactly(List.of());
    assertThat(phases()).filteredOn(Phase.HEALED::equals).hasSize(2);
    assertThat(voters(leader())).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void whatIsNotDoneInAMinuteFails() {
    play("5s..200s pause:target=n2+n3+n4", "6s..190s remove:target=n1");
    simulation.run(100 * SECOND);

    assertThat(phases()).containsExactly(Phase.BEGINS, Phase.IN_FORCE, Phase.BEGINS, Phase.FAILED);
    simulation.run(110 * SECOND);
    assertThat(voters(leader())).containsExactly(1, 2, 3, 4, 5);
  }
}
