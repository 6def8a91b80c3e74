package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.sim.ClientLoad;
import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.RegisterScript;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.SimTimeline;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.StoreCaller;
import dev.labrys.cluster.sim.Victim;
import dev.labrys.history.Event;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident.Phase;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Plans played on simulated clusters of the real Raft, with clients.
final class PlanOnClusterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aFixedPlanIsPlayedAsItsSchedule() {
    String yaml =
        """
        plan:
          - wait: 1s..2s
          - fault: latency:target=all,delay=20ms,jitter=20ms
            for: 10s
            meanwhile:
              - trouble: partition,kill,pause,interval=500ms,duration=1s..2s
                for: 8s
          - mix:
              - {fault: split:layout=bridge, for: 1s}
              - {weight: 2, fault: kill:target=minority, for: 1s..2s}
            repeat: 4
            calm: 1s
        end:
          stays: pause:target=one
        """;
    Trial played = new Trial(4, yaml).run(60);

    Schedule schedule = Plan.parse(yaml).schedule(new Seed(4));
    Trial scheduled = new Trial(4, "plan: [{wait: 1000s}]");
    Nemesis nemesis =
        new Nemesis(
            scheduled.cluster,
            scheduled.cluster.nodes(),
            new SimTimeline(scheduled.simulation),
            new Seed(4).stream("nemesis"),
            Recorder.inMemory(scheduled.simulation::nowNanos),
            scheduled.incidents::add);
    nemesis.play(schedule);
    scheduled.run(60);

    assertThat(played.times(Phase.BEGINS)).hasSizeGreaterThan(8);
    assertThat(scheduled.text()).isEqualTo(played.text());
    assertThat(played.ends).hasSize(1);
    assertThat(played.incidents.getLast().fault()).startsWith("pause:target=n");
    played.assertHealed();
  }

  @Test
  void anElectionIsSeen() {
    Trial trial =
        new Trial(
            5,
            """
            plan:
              - when: election
                fault: kill:target=leader
                for: 2s
                repeat: 3
            """);

    trial.run(60);

    assertThat(trial.times(Phase.IN_FORCE)).hasSize(3);
    assertThat(trial.times(Phase.MISSED)).isEmpty();
    assertThat(trial.times(Phase.BEGINS).getFirst()).isLessThan(SECOND);
    assertThat(trial.ends).containsExactly(trial.times(Phase.HEALED).getLast());
    assertThat(trial.recorder.history().annotations())
        .filteredOn(Event.Note.class::isInstance)
        .hasSize(3)
        .allMatch(note -> ((Event.Note) note).label().equals("seen"));
    trial.assertHealed();
  }

  @Test
  void aTailThatIsNotCommittedIsSeen() {
    Trial trial =
        new Trial(
            6,
            """
            plan:
              - at: 5s
                fault: isolate:target=leader,direction=inbound
                meanwhile:
                  - when: uncommitted=2
                    fault: kill:target=n1+n2+n3+n4+n5
                    for: 2s
            """);
    List<Long> tails = new ArrayList<>();
    trial.simulation.runUntil(
        () -> {
          boolean isKilled =
              trial.incidents.stream().anyMatch(each -> each.fault().startsWith("kill"));
          if (!isKilled) {
            new Victim.Leader()
                .in(trial.simulation)
                .map(id -> trial.simulation.server(id).status())
                .ifPresent(status -> tails.add(tail(status)));
          }
          return isKilled;
        },
        30 * SECOND);

    assertThat(tails.getLast()).isGreaterThanOrEqualTo(2);
    trial.run(30);
    assertThat(trial.times(Phase.HEALED)).hasSize(2);
    trial.assertHealed();
  }

  private static long tail(Status leader) {
    return leader.last().index() - leader.commitIndex();
  }

  @Test
  void operationsAndSnapshotsAreSeen() {
    Trial trial =
        new Trial(
            7,
            """
            plan:
              - {when: operations=100, fault: pause:target=one, for: 1s, repeat: 2}
              - {when: snapshot, fault: kill:target=one, for: 1s}
              - fault: pause:target=n1+n2+n3
                for: 3s
                meanwhile:
                  - {when: leaderless, fault: stop:target=n4, for: 1s}
            """);
    List<Long> completed = new ArrayList<>();
    trial.simulation.runUntil(
        () -> {
          if (completed.size() < trial.times(Phase.BEGINS).size()) {
            completed.add(trial.load.ok());
          }
          return completed.size() == 3;
        },
        60 * SECOND);

    assertThat(completed.getFirst()).isBetween(100L, 110L);
    assertThat(completed.get(1)).isGreaterThanOrEqualTo(200);
    assertThat(trial.simulation.servers())
        .anyMatch(id -> trial.simulation.server(id).log().snapshot().index() >= 200);
    trial.run(60);
    assertThat(trial.times(Phase.BEGINS)).hasSize(5);
    trial.assertHealed();
  }

  @Test
  void whatIsNotSeenInTimeIsSkippedAndWhatFollowsIsNot() {
    Trial trial =
        new Trial(
            8,
            """
            plan:
              - when: operations=1000000
                within: 3s
                fault: kill:target=all
                for: 1s
                repeat: 10
              - fault: pause:target=n1
                for: 1s
              - {when: operations=1000000, until: 6s, fault: kill:target=n2, for: 1s}
              - {fault: pause:target=n3, for: 1s}
            """);

    trial.run(10);

    assertThat(trial.text().lines())
        .containsExactly(
            new Incident(
                    3 * SECOND,
                    0,
                    Phase.MISSED,
                    "kill:target=all",
                    "operations=1000000 was not seen within 3s")
                .toString(),
            new Incident(3 * SECOND, 1, Phase.BEGINS, "pause:target=n1", "").toString(),
            new Incident(3 * SECOND, 1, Phase.IN_FORCE, "pause:target=n1", "").toString(),
            new Incident(4 * SECOND, 1, Phase.HEALING, "pause:target=n1", "").toString(),
            new Incident(4 * SECOND, 1, Phase.HEALED, "pause:target=n1", "").toString(),
            new Incident(6 * SECOND, 2, Phase.BEGINS, "pause:target=n3", "").toString(),
            new Incident(6 * SECOND, 2, Phase.IN_FORCE, "pause:target=n3", "").toString(),
            new Incident(7 * SECOND, 2, Phase.HEALING, "pause:target=n3", "").toString(),
            new Incident(7 * SECOND, 2, Phase.HEALED, "pause:target=n3", "").toString());
    assertThat(trial.ends).containsExactly(7 * SECOND);
  }

  private static final String ALL =
      """
      plan:
        - together:
            - when: election
              mix:
                - {weight: 3, fault: "isolate:target=leader,direction=both", for: 1s..2s}
                - {fault: pause:target=leader, for: 100ms..900ms}
                - {when: uncommitted, within: 2s, fault: kill:target=leader, for: 1s}
              repeat: 1000
            - {when: operations=50, fault: stop:target=one, for: 1s..3s, until: 50s}
            - {trouble: "partition,power,stall,interval=1s..9s", for: 50s}
            - {when: snapshot, within: 20s, fault: kill:target=minority, for: 1s}
      end: {at: 55s}
      """;

  @Test
  void theSameTwiceIsTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      Trial one = new Trial(seed, ALL).run(60);
      Trial other = new Trial(seed, ALL).run(60);

      assertThat(one.times(Phase.BEGINS)).hasSizeGreaterThan(10);
      assertThat(one.text()).isEqualTo(other.text());
      assertThat(one.recorder.history()).isEqualTo(other.recorder.history());
      assertThat(one.simulation.fingerprint()).isEqualTo(other.simulation.fingerprint());
      assertThat(one.ends).containsExactly(55 * SECOND);
    }
  }

  @Test
  void healingAfterAnyPrefixLeavesNothing() {
    for (int seconds = 0; seconds < 60; seconds++) {
      Trial trial = new Trial(9, ALL).run(seconds);
      trial.assertHealed();
      int told = trial.incidents.size();
      trial.run(20);
      assertThat(trial.incidents).hasSize(told);
      assertThat(new Victim.Leader().in(trial.simulation)).isPresent();
    }
  }

  /// A cluster that is hurt as a plan says.
  private static final class Trial {
    private final List<Incident> incidents = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final Simulation simulation;
    private final SimCluster cluster;
    private final Recorder recorder;
    private final ClientLoad load;
    private final Nemesis nemesis;

    Trial(long seed, String yaml) {
      simulation =
          Simulation.of(
              SimulationOptions.of(5, () -> new Sessions(new Store()))
                  .withRaft(RaftOptions.DEFAULTS.with("snapshot-entries", "200")),
              new Seed(seed));
      cluster = new SimCluster(simulation);
      recorder = Recorder.inMemory(simulation::nowNanos);
      RegisterScript script = new RegisterScript(3);
      load =
          ClientLoad.closed(
              simulation,
              ClientOptions.DEFAULTS,
              client -> StoreCaller.of(client, script),
              4,
              new Delay.Fixed(10_000_000));
      nemesis =
          new Nemesis(
              cluster,
              cluster.nodes(),
              new SimTimeline(simulation),
              new Seed(seed).stream("nemesis"),
              recorder,
              incidents::add);
      LongSupplier completed = load::ok;
      nemesis.play(
          Plan.parse(yaml), new Seed(seed), completed, () -> ends.add(simulation.nowNanos()));
    }

    Trial run(long seconds) {
      simulation.run(seconds * SECOND);
      return this;
    }

    List<Long> times(Phase phase) {
      return incidents.stream()
          .filter(each -> each.phase() == phase)
          .map(Incident::timeNanos)
          .toList();
    }

    String text() {
      return incidents.stream().map(Incident::toString).collect(Collectors.joining("\n"));
    }

    void assertHealed() {
      List<List<String>> told = new ArrayList<>();
      nemesis.healAll(told::add);
      assertThat(told).containsExactly(List.of());
      assertThat(cluster.nodes()).allMatch(node -> cluster.state(node) == NodeState.RUNNING);
      for (ServerId from : simulation.servers()) {
        for (ServerId to : simulation.servers()) {
          assertThat(from.equals(to) || simulation.network().isOpen(from, to)).isTrue();
        }
      }
      assertThat(times(Phase.HEALED)).hasSameSizeAs(times(Phase.BEGINS));
    }
  }
}
