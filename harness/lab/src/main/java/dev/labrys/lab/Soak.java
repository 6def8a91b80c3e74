package dev.labrys.lab;

import dev.labrys.checker.Checker;
import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Verdict;
import dev.labrys.cluster.sim.ClientLoad;
import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.InvariantViolation;
import dev.labrys.cluster.sim.Invariants;
import dev.labrys.cluster.sim.Observer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.StoreCaller;
import dev.labrys.cluster.sim.StoreScript;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Seed;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.store.Store;
import java.time.Duration;

/// One run of the soak test: a cluster drawn from a seed, in which things go wrong as drawn, is
/// held to every invariant, must recover, and must have looked like a single copy to its clients.
///
/// A run in which nothing happened is no success.
public final class Soak {
  private static final long MEMORY = 256L << 20;

  /// Far more than it takes: so it does not depend on the machine what becomes of a run.
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), MEMORY, 1);

  private final Seed seed;
  private final SoakPlan plan;
  private final SoakCensus census = new SoakCensus();
  private final Simulation simulation;
  private final ClientLoad load;

  private Soak(Seed seed, SoakPlan plan, SoakSubject subject, Observer watcher) {
    this.seed = seed;
    this.plan = plan;
    Invariants invariants = Invariants.of(plan.raft(), seed);
    SimulationOptions options =
        SimulationOptions.of(plan.servers(), invariants.watch(subject.sessions(), Store::new))
            .withCluster(Configuration.ofVoters(plan.voters()))
            .withRaft(plan.raft())
            .withReplicas(subject.replicas())
            .withWeather(plan.weather())
            .withDisk(plan.disk())
            .withObserver(watcher)
            .withObserver(invariants)
            .withObserver(census);
    simulation = Simulation.of(options, seed);
    StoreScript script = plan.workload().script();
    load =
        ClientLoad.closed(
            simulation,
            ClientOptions.DEFAULTS,
            client -> StoreCaller.of(client, script),
            plan.clients(),
            new Delay.Uniform(0, plan.pauseNanos()));
    plan.faultPlan(seed).play(simulation);
    SoakRequests.begin(simulation, plan);
  }

  /// Raft, in the run that is made from `seed`.
  public static SoakResult run(Seed seed) {
    return run(seed, SoakPlan.draw(seed), SoakSubject.RAFT);
  }

  /// Whatever `subject` is, in a run made from `seed` as `plan` says.
  public static SoakResult run(Seed seed, SoakPlan plan, SoakSubject subject) {
    return run(seed, plan, subject, new Observer() {});
  }

  /// The same, while `watcher` sees all that happens.
  public static SoakResult run(Seed seed, SoakPlan plan, SoakSubject subject, Observer watcher) {
    return new Soak(seed, plan, subject, watcher).run();
  }

  private SoakResult run() {
    SoakVerdict verdict;
    try {
      verdict = play();
    } catch (InvariantViolation violation) {
      verdict =
          new SoakVerdict.Violated(violation.invariant(), String.valueOf(violation.getMessage()));
    } catch (RuntimeException thrown) {
      // Whatever a server throws is its own fault, and a finding.
      verdict = new SoakVerdict.Broken(thrown.toString());
    }
    return new SoakResult(seed, plan, counts(), simulation.fingerprint(), verdict);
  }

  private SoakVerdict play() {
    simulation.runUntil(plan.durationNanos());
    SoakRecovery.Outcome recovery = SoakRecovery.await(simulation);
    load.stop();
    simulation.run(2 * ClientOptions.DEFAULTS.patienceNanos());
    if (load.open() > 0) {
      throw new IllegalStateException(load.open() + " calls have no outcome in the end");
    }
    SoakVerdict verdict = judge(census.history());
    return switch (recovery) {
      case SoakRecovery.Outcome.Stuck(String reason)
          when !(verdict instanceof SoakVerdict.NotLinearizable) ->
          new SoakVerdict.NotLive(reason);
      case SoakRecovery.Outcome.Recovered(long nanos) when verdict.isPassed() ->
          new SoakVerdict.Passed(nanos);
      default -> verdict;
    };
  }

  /// [SoakVerdict.Passed] if a single copy could have given these answers.
  private SoakVerdict judge(History history) {
    if (history.operations().stream().noneMatch(Operation::isOk)) {
      return new SoakVerdict.Vacuous("none of %d operations succeeded".formatted(history.size()));
    }
    Checker checker = LinearizabilityChecker.of(plan.workload().model()).within(BUDGET);
    return switch (checker.check(history)) {
      case Verdict.Valid _ -> new SoakVerdict.Passed(0);
      case Verdict.Invalid invalid ->
          new SoakVerdict.NotLinearizable(
              "key %s: %s"
                  .formatted(invalid.counterexample().key(), invalid.counterexample().reason()));
      case Verdict.Undecided undecided -> new SoakVerdict.Undecided(undecided.reason());
    };
  }

  private SoakCounts counts() {
    return new SoakCounts(
        simulation.nowNanos(),
        simulation.events(),
        census.faults(),
        census.starts(),
        census.leaders(),
        census.memberships(),
        census.installed(),
        census.saved(),
        load.ok(),
        load.failed(),
        load.unknown());
  }
}
