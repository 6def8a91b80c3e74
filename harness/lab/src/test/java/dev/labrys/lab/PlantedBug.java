package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.FaultMix;
import dev.labrys.cluster.sim.FaultMix.Kind;
import dev.labrys.cluster.sim.Invariant;
import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.history.Seed;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Rules;
import dev.labrys.raft.StateMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A mistake that somebody could make, and the circumstances in which it shows.
final class PlantedBug {
  private static final long SECOND = 1_000_000_000L;

  private final SoakSubject subject;
  private final List<String> options =
      new ArrayList<>(List.of("pre-vote=false", "reads=index", "no-op=true"));
  private final List<String> unsafeOptions = new ArrayList<>();
  private Set<Kind> kinds = Set.of(Kind.ISOLATE, Kind.SPLIT, Kind.HALF_DEAF);
  private Set<SoakRequest> requests = Set.of();
  private SoakWorkload workload = SoakWorkload.LISTS;
  private int servers = 5;
  private int clients;

  private PlantedBug(SoakSubject subject) {
    this.subject = subject;
  }

  /// A rule that is wrong.
  static PlantedBug of(Rules rules) {
    return of(ReplicaFactory.withRules(rules));
  }

  /// Servers that are wrong.
  static PlantedBug of(ReplicaFactory replicas) {
    return new PlantedBug(SoakSubject.RAFT.withReplicas(replicas));
  }

  /// Sessions that are wrong.
  static PlantedBug ofSessions(UnaryOperator<StateMachine> sessions) {
    return new PlantedBug(SoakSubject.RAFT.withSessions(sessions));
  }

  /// Nothing but options that promise too much.
  static PlantedBug ofOptions(String... options) {
    PlantedBug bug = new PlantedBug(SoakSubject.RAFT);
    bug.unsafeOptions.addAll(Arrays.asList(options));
    return bug;
  }

  /// With these options, whatever else is drawn.
  PlantedBug with(String... changed) {
    options.addAll(Arrays.asList(changed));
    return this;
  }

  /// While these go wrong, some of them in each run.
  PlantedBug under(Kind... changed) {
    kinds = Set.of(changed);
    return this;
  }

  /// While these are wanted.
  PlantedBug wanting(SoakRequest... changed) {
    requests = Set.of(changed);
    return this;
  }

  PlantedBug among(int changed) {
    servers = changed;
    return this;
  }

  /// With so few clients that what else is wanted decides what logs look like.
  PlantedBug withOneClient() {
    clients = 1;
    return this;
  }

  PlantedBug doing(SoakWorkload changed) {
    workload = changed;
    return this;
  }

  /// Expects that one of these finds it within the first `seeds` runs, and nothing else does; and
  /// that the same runs find nothing where nothing is planted.
  void isFoundWithin(int seeds, Invariant... invariants) {
    Set<String> finders = new TreeSet<>();
    for (Invariant invariant : invariants) {
      finders.add(invariant.name());
    }
    isFoundWithin(seeds, finders);
  }

  /// The same for a verdict.
  void isFoundWithin(int seeds, Class<? extends SoakVerdict> verdict) {
    isFoundWithin(seeds, Set.of(verdict.getSimpleName()));
  }

  private void isFoundWithin(int seeds, Set<String> finders) {
    for (int number = 1; number <= seeds; number++) {
      Seed seed = new Seed(number);
      SoakResult right = Soak.run(seed, plan(seed, List.of()), SoakSubject.RAFT);
      SoakResult wrong = Soak.run(seed, plan(seed, unsafeOptions), subject);

      assertThat(right.isPassed()).as(right.toString()).isTrue();
      if (!wrong.isPassed()) {
        assertThat(finders).as(wrong.toString()).contains(finder(wrong.verdict()));
        return;
      }
    }
    throw new AssertionError("not found in %d runs".formatted(seeds));
  }

  private static String finder(SoakVerdict verdict) {
    return verdict instanceof SoakVerdict.Violated violated
        ? violated.invariant().name()
        : verdict.getClass().getSimpleName();
  }

  private SoakPlan plan(Seed seed, List<String> more) {
    SoakPlan drawn = SoakPlan.draw(seed);
    long unit = drawn.raft().electionMaxNanos();
    FaultMix mix =
        new FaultMix(
            kinds,
            new Delay.LongTail(unit / 8, unit, 8 * unit),
            new Delay.LongTail(unit / 8, 2 * unit, 8 * unit),
            3);
    return new SoakPlan(
        servers,
        servers,
        RaftOptions.parse(drawn.raft().keyValues()).withAll(options).withAll(more),
        drawn.weather(),
        drawn.disk(),
        workload,
        clients == 0 ? drawn.clients() : clients,
        clients == 0 ? Math.min(drawn.pauseNanos(), SECOND / 10) : SECOND,
        mix.swarm(seed.stream("planted")),
        requests,
        unit / 2,
        20 * SECOND);
  }
}
