package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.SimTimeline;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.Victim;
import dev.labrys.history.Event;
import dev.labrys.history.FaultInterval;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.nemesis.Incident.Phase;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The nemesis against simulated clusters of the real Raft.
final class NemesisTest {
  private static final long SECOND = 1_000_000_000L;
  private static final NodeId N2 = NodeId.numbered(2);
  private static final ServerId S1 = new ServerId(1);
  private static final ServerId S2 = new ServerId(2);

  private static final List<String> ALL =
      List.of(
          "isolate:target=one,direction=both",
          "isolate:target=leader,direction=inbound",
          "isolate:target=majority-with-leader,direction=outbound",
          "split:layout=halves",
          "split:layout=bridge",
          "split:layout=majorities-ring",
          "split:layout=chain",
          "split:layout=star",
          "cut:n1=n2+n3,n2=n1",
          "cut-clients:target=leader",
          "kill:target=minority",
          "kill:target=all",
          "stop:target=one",
          "pause:target=leader",
          "pause:target=majority",
          "stall-timers:target=leader",
          "stall-timers:target=all",
          "latency:target=all,delay=50ms,jitter=50ms",
          "latency:target=leader,delay=2s,jitter=0s",
          "clock-jump:target=one,offset=-2s",
          "power-loss:target=majority",
          "disk-full:target=leader",
          "disk-stall:target=one",
          "disk-stall:target=leader",
          "disk-error:target=leader",
          "disk-read-only:target=one",
          "disk-slow:target=all,delay=100ms",
          "transfer:target=one",
          "transfer:target=minority",
          "remove:target=leader",
          "remove:target=minority",
          "disk-full:target=followers");

  private final Simulation simulation =
      Simulation.of(SimulationOptions.of(5, Store::new), new Seed(3));
  private final SimCluster cluster = new SimCluster(simulation);
  private final List<Incident> incidents = new ArrayList<>();
  private final Recorder recorder = Recorder.inMemory(simulation::nowNanos);
  private final Nemesis nemesis = nemesis(cluster);

  private Nemesis nemesis(Cluster hurt) {
    return new Nemesis(
        hurt,
        hurt.nodes(),
        new SimTimeline(simulation),
        new Seed(8).stream("nemesis"),
        recorder,
        incidents::add);
  }

  private List<Phase> phases() {
    return incidents.stream().map(Incident::phase).toList();
  }

  private void play(String... lines) {
    nemesis.play(Schedule.parse(String.join("\n", lines)));
  }

  @Test
  void whatListenersThrowKeepsNothingFromBeingHealed() {
    AtomicBoolean isFull = new AtomicBoolean();
    AtomicReference<List<String>> stays = new AtomicReference<>();
    Nemesis unheard =
        new Nemesis(
            cluster,
            cluster.nodes(),
            new SimTimeline(simulation),
            new Seed(8).stream("nemesis"),
            recorder,
            _ -> {
              if (isFull.get()) {
                throw new UncheckedIOException(new IOException("no space left"));
              }
            });
    unheard.play(Schedule.parse("1s..60s cut:n1=n2\n1s..60s pause:target=n3"));
    simulation.run(2 * SECOND);
    isFull.set(true);

    assertThatThrownBy(() -> unheard.healAll(stays::set)).isInstanceOf(UncheckedIOException.class);
    simulation.run(SECOND);

    assertThat(simulation.network().isOpen(S2, S1)).isTrue();
    assertThat(cluster.state(NodeId.numbered(3))).isEqualTo(NodeState.RUNNING);
    assertThat(stays.get()).isEmpty();
  }

  @Test
  void aFaultIsThereFromItsStartToItsEnd() {
    play("2s..4s cut:n1=n2");

    simulation.run(2 * SECOND - 1);
    assertThat(simulation.network().isOpen(S2, S1)).isTrue();
    simulation.run(1);
    assertThat(simulation.network().isOpen(S2, S1)).isFalse();
    assertThat(simulation.network().isOpen(S1, S2)).isTrue();
    simulation.run(2 * SECOND);
    assertThat(simulation.network().isOpen(S2, S1)).isTrue();

    assertThat(incidents)
        .containsExactly(
            new Incident(2 * SECOND, 0, Phase.BEGINS, "cut:n1=n2", ""),
            new Incident(2 * SECOND, 0, Phase.IN_FORCE, "cut:n1=n2", ""),
            new Incident(4 * SECOND, 0, Phase.HEALING, "cut:n1=n2", ""),
            new Incident(4 * SECOND, 0, Phase.HEALED, "cut:n1=n2", ""));
    assertThat(FaultInterval.of(recorder.history()))
        .containsExactly(
            new FaultInterval("cut:n1=n2", Value.sequence(Value.of("n1")), 2 * SECOND, 4 * SECOND));
  }

  @Test
  void theLeaderIsLookedForWhenTheFaultBegins() {
    play("5s..6s pause:target=leader", "10s..11s pause:target=leader");

    simulation.run(5 * SECOND - 1);
    String first = leader();
    simulation.run(5 * SECOND);
    String second = leader();
    simulation.run(SECOND);

    assertThat(incidents.stream().filter(each -> each.phase() == Phase.BEGINS))
        .extracting(Incident::fault)
        .containsExactly("pause:target=" + first, "pause:target=" + second);
    assertThat(first).isNotEqualTo(second);
  }

  private String leader() {
    return new Victim.Leader().in(simulation).map(ServerId::toString).orElse("nobody");
  }

  @Test
  void whoIsNotThereIsMissed() {
    play("1ns..1s kill:target=leader", "2s..3s cpu-limit:target=one,share=5%");

    simulation.run(3 * SECOND);

    assertThat(phases()).containsExactly(Phase.MISSED, Phase.MISSED);
    assertThat(incidents).extracting(Incident::detail).element(0).isEqualTo("nobody leads");
    assertThat(incidents.getLast().detail()).contains("thinks in no time");
    assertThat(recorder.history().annotations()).isEmpty();
  }

  @Test
  void whoIsNobodyIsMissed() {
    play("1s..2s kill:target=n9", "1s..2s cut:n1=n9", "1s..2s remove:target=n9");

    simulation.run(3 * SECOND);

    assertThat(phases()).containsExactly(Phase.MISSED, Phase.MISSED, Phase.MISSED);
    assertThat(incidents)
        .allMatch(each -> each.detail().equals("there is no node n9, only [n1, n2, n3, n4, n5]"));
  }

  @ParameterizedTest
  @CsvSource({
    "1s..4s kill:target=n2, 2s..3s pause:target=n2, STOPPED, STOPPED",
    "1s..3s kill:target=n2, 2s..4s pause:target=n2, STOPPED, PAUSED",
    "1s..3s pause:target=n2, 2s..4s power-loss:target=n2, STOPPED, STOPPED",
    "1s..4s pause:target=n2, 2s..3s pause:target=n2, PAUSED, PAUSED"
  })
  void faultsThatOverlapLeaveNothingBehind(
      String one, String other, NodeState during, NodeState after) {
    play(one, other);

    simulation.run(2 * SECOND + SECOND / 2);
    assertThat(cluster.state(N2)).isEqualTo(during);
    simulation.run(SECOND);
    assertThat(cluster.state(N2)).isEqualTo(after);
    simulation.run(SECOND);
    assertThat(cluster.state(N2)).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void whatEndsByItselfIsStartedAgain() {
    play("2s..20s disk-full:target=all", "3s..4s kill:target=leader");

    simulation.run(15 * SECOND);
    assertThat(cluster.nodes()).anyMatch(node -> cluster.state(node) == NodeState.STOPPED);
    simulation.run(6 * SECOND);
    assertThat(cluster.nodes()).allMatch(node -> cluster.state(node) == NodeState.RUNNING);
  }

  @Test
  void afterHealingNothingBeginsAnyMore() {
    play("1s.. kill:target=n2", "2s..3s split:layout=halves", "5s..6s pause:target=n1");
    List<String> failures = new ArrayList<>(List.of("not told"));

    simulation.run(2 * SECOND);
    nemesis.healAll(told -> {
      failures.clear();
      failures.addAll(told);
    });
    assertHealthy();
    simulation.run(10 * SECOND);

    assertThat(failures).isEmpty();
    assertThat(phases()).filteredOn(Phase.BEGINS::equals).hasSize(2);
    assertThat(phases()).filteredOn(Phase.HEALED::equals).hasSize(2);
    assertHealthy();
  }

  @Test
  void whatCouldNotBeDoneIsTriedAgain() {
    StubbornCluster stubborn = new StubbornCluster(cluster);
    Nemesis persistent = nemesis(stubborn);
    persistent.play(Schedule.parse("1s..2s kill:target=n2\n1s..2s cut:n1=n2"));
    List<String> failures = new ArrayList<>();

    simulation.run(SECOND);
    stubborn.refuse(2);
    simulation.run(SECOND);
    assertThat(phases()).filteredOn(Phase.FAILED::equals).hasSize(2);
    assertThat(incidents.getLast().detail()).contains("refused");
    assertThat(recorder.history().annotations()).noneMatch(Event.FaultHealed.class::isInstance);
    stubborn.refuse(4);
    persistent.healAll(failures::addAll);

    assertThat(failures).isEmpty();
    assertThat(phases()).filteredOn(Phase.HEALED::equals).hasSize(2);
    assertThat(recorder.history().annotations())
        .filteredOn(Event.FaultHealed.class::isInstance)
        .hasSize(2);
    assertHealthy();
  }

  @Test
  void whatCouldNotBeHealedWhileAllIsHealedIsHealedAsWell() {
    StubbornCluster stubborn = new StubbornCluster(cluster);
    Nemesis persistent = nemesis(stubborn);
    persistent.play(Schedule.parse("1s..10s remove:target=n2"));
    List<String> failures = new ArrayList<>();

    simulation.run(9 * SECOND);
    stubborn.refuse(1_000);
    simulation.run(2 * SECOND);
    assertThat(phases()).containsExactly(Phase.BEGINS, Phase.IN_FORCE, Phase.HEALING);
    persistent.healAll(failures::addAll);
    simulation.run(300 * SECOND);

    assertThat(failures).isEmpty();
    assertThat(phases()).endsWith(Phase.FAILED, Phase.HEALED);
    assertHealthy();
  }

  @Test
  void whoAsksIsToldOnceWhatIsBeingHealedIsHealed() {
    StubbornCluster stubborn = new StubbornCluster(cluster);
    Nemesis patient = nemesis(stubborn);
    List<Phase> seen = new ArrayList<>();
    patient.play(Schedule.parse("1s..10s remove:target=n2"));

    simulation.run(9 * SECOND);
    stubborn.refuse(20);
    simulation.run(SECOND);
    patient.whenSettled(() -> seen.addAll(phases()));
    assertThat(seen).isEmpty();
    simulation.run(10 * SECOND);

    assertThat(seen).endsWith(Phase.HEALED);
  }

  @Test
  void aNodeThatDoesNotObeyCanStillBeKilledAndIsNotHeldAgainstOthers() {
    StubbornCluster stubborn = new StubbornCluster(cluster);
    Nemesis persistent = nemesis(stubborn);
    persistent.play(
        Schedule.parse(
            "1s..3s stall-timers:target=n2\n4s..6s kill:target=n1\n5s..7s kill:target=n2"));
    List<String> failures = new ArrayList<>();

    simulation.run(2 * SECOND);
    stubborn.disobey(N2);
    simulation.run(SECOND);
    assertThat(phases()).last().isEqualTo(Phase.FAILED);
    simulation.run(2 * SECOND + SECOND / 2);
    assertThat(cluster.state(N2)).isEqualTo(NodeState.STOPPED);
    assertThat(phases()).filteredOn(Phase.FAILED::equals).hasSize(1);
    assertThat(phases()).filteredOn(Phase.IN_FORCE::equals).hasSize(3);
    persistent.healAll(failures::addAll);

    assertThat(failures).isEmpty();
    assertHealthy();
  }

  @Test
  void itPlaysOnce() {
    play("1s..2s kill:target=n1");

    assertThatIllegalStateException().isThrownBy(() -> play("1s..2s kill:target=n1"));
  }

  @Test
  void whatCannotBeHealedIsSaid() {
    StubbornCluster stubborn = new StubbornCluster(cluster);
    Nemesis persistent = nemesis(stubborn);
    List<String> failures = new ArrayList<>();

    stubborn.refuse(Integer.MAX_VALUE);
    persistent.healAll(failures::addAll);

    assertThat(failures).hasSize(6).contains("network: refused").contains("n1: refused");
  }

  @Test
  void whatWasDoneCanBeDoneAgain() {
    play(
        "2s..4s kill:target=minority",
        "3s..5s split:layout=halves",
        "4s.. latency:target=majority,delay=20ms,jitter=1ms",
        "6s..8s cpu-limit:target=one,share=5%");
    simulation.run(10 * SECOND);
    Schedule replay = Schedule.replay(incidents);

    Simulation again = Simulation.of(SimulationOptions.of(5, Store::new), new Seed(3));
    List<Incident> repeated = new ArrayList<>();
    SimCluster second = new SimCluster(again);
    Nemesis replayed =
        new Nemesis(
            second,
            second.nodes(),
            new SimTimeline(again),
            new Seed(99).stream("nemesis"),
            Recorder.inMemory(again::nowNanos),
            repeated::add);
    replayed.play(Schedule.parse(replay.text()));
    again.run(10 * SECOND);

    assertThat(replay.entries()).hasSize(3);
    assertThat(repeated)
        .isEqualTo(incidents.stream().filter(each -> each.phase() != Phase.MISSED).toList());
  }

  private void assertHealthy() {
    assertThat(cluster.nodes()).allMatch(node -> cluster.state(node) == NodeState.RUNNING);
    for (ServerId from : simulation.servers()) {
      for (ServerId to : simulation.servers()) {
        assertThat(from.equals(to) || simulation.network().isOpen(from, to)).isTrue();
      }
    }
  }

  @Test
  void mixedFaultsAreHealedAndTheClusterRecovers() {
    for (int round = 0; round < 100; round++) {
      Trial trial = new Trial(round);
      trial.run();
      assertThat(new Trial(round).run()).isEqualTo(trial.text());
    }
  }

  /// A cluster that is hurt for a minute, and then healed.
  private static final class Trial {
    private final Seed seed;
    private final Simulation simulation;
    private final SimCluster cluster;
    private final Recorder recorder;
    private final List<Incident> incidents = new ArrayList<>();

    Trial(int round) {
      seed = new Seed(round);
      simulation = Simulation.of(SimulationOptions.of(5, Store::new), seed);
      cluster = new SimCluster(simulation);
      recorder = Recorder.inMemory(simulation::nowNanos);
    }

    String run() {
      Nemesis nemesis =
          new Nemesis(
              cluster,
              cluster.nodes(),
              new SimTimeline(simulation),
              seed.stream("nemesis"),
              recorder,
              incidents::add);
      nemesis.play(schedule("one").and(schedule("other")));
      simulation.run(60 * SECOND);
      List<List<String>> told = new ArrayList<>();
      nemesis.healAll(told::add);

      assertThat(simulation.runUntil(() -> !told.isEmpty(), 120 * SECOND)).isTrue();
      assertThat(told).containsExactly(List.of());
      assertThat(cluster.nodes()).allMatch(node -> cluster.state(node) == NodeState.RUNNING);
      assertThat(count(Phase.BEGINS)).isPositive();
      assertThat(count(Phase.HEALED)).isEqualTo(count(Phase.BEGINS));
      assertThat(count(Phase.FAILED)).isZero();
      assertThat(recorder.history().annotations())
          .filteredOn(Event.FaultHealed.class::isInstance)
          .hasSize((int) count(Phase.BEGINS));
      assertThat(simulation.runUntil(() -> leads().isPresent(), 140 * SECOND)).isTrue();
      ServerId leader = leads().orElseThrow();
      assertThat(simulation.server(leader).status().configuration())
          .isEqualTo(Configuration.ofVoters(5));
      return text();
    }

    private Optional<ServerId> leads() {
      return new Victim.Leader().in(simulation);
    }

    private Schedule schedule(String name) {
      return Schedule.draw(
          ALL.stream().map(Fault::parse).toList(),
          new Schedule.Rhythm(
              new Schedule.Range(1, 2 * SECOND), new Schedule.Range(1, 5 * SECOND), 55 * SECOND),
          seed.stream(name));
    }

    private long count(Phase phase) {
      return incidents.stream().filter(each -> each.phase() == phase).count();
    }

    String text() {
      return incidents.stream().map(Incident::toString).collect(Collectors.joining("\n"));
    }
  }
}
