package dev.labrys.lab;

import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.DiskProfile;
import dev.labrys.cluster.sim.Invariants;
import dev.labrys.cluster.sim.MessageKind;
import dev.labrys.cluster.sim.Observer;
import dev.labrys.cluster.sim.SimNetwork;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.raft.StateMachine;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One run of a test: the simulation it drives, and the time it takes there.
public final class LabRun {
  static final long MILLI = 1_000_000L;

  /// How long a test may take, on the clock of the simulation.
  static final long LIMIT_NANOS = 120_000 * MILLI;

  /// Disks in use by others: a server that answers before it has written has time to lose its power
  /// in between. The course loses nothing that was handed to the disk.
  private static final DiskProfile DISK =
      new DiskProfile(new Delay.Uniform(MILLI, 5 * MILLI), 5_000 * MILLI);

  private final LabTest test;
  private final LabSeed seed;
  private final LabOptions options;
  private final List<Observer> observers;
  private @Nullable Simulation simulation;

  LabRun(LabTest test, LabSeed seed, LabOptions options, List<Observer> observers) {
    this.test = test;
    this.seed = seed;
    this.options = options;
    this.observers = List.copyOf(observers);
  }

  /// How many servers the cluster has.
  int servers() {
    return test.servers();
  }

  /// What the cluster of this run is made of, but for the network.
  SimulationOptions cluster(Supplier<StateMachine> machines) {
    SimulationOptions all =
        SimulationOptions.of(test.servers(), machines)
            .withRaft(options.raft())
            .withReplicas(options.replicas())
            .withDisk(DISK);
    if (options.scrutiny() == LabOptions.Scrutiny.INVARIANTS) {
      all = all.withObserver(Invariants.of(options.raft(), seed.seed()));
    }
    for (Observer observer : observers) {
      all = all.withObserver(observer);
    }
    return all;
  }

  /// Builds the cluster of this run.
  Simulation simulate(SimulationOptions all) {
    if (simulation != null) {
      throw new IllegalStateException("a run has one cluster");
    }
    Simulation made = Simulation.of(all, seed.seed());
    simulation = made;
    return made;
  }

  /// The cluster of this run, if the test came so far.
  @Nullable Simulation simulation() {
    return simulation;
  }

  /// Lets `millis` pass.
  void sleep(long millis) {
    if (simulation == null) {
      throw new IllegalStateException("nothing to wait for");
    }
    simulation.run(millis * MILLI);
    if (simulation.nowNanos() > LIMIT_NANOS) {
      throw new LabFailure("the test took more than %d s".formatted(LIMIT_NANOS / 1_000 / MILLI));
    }
  }

  /// What it has taken so far.
  LabResult.Cost cost() {
    return simulation == null
        ? new LabResult.Cost(0, 0, 0)
        : new LabResult.Cost(
            simulation.nowNanos(), calls(simulation.network()), simulation.network().bytes());
  }

  /// Requests among servers; the labs count calls, whether answered or not.
  static long calls(SimNetwork network) {
    long calls = 0;
    for (MessageKind kind : MessageKind.values()) {
      if (kind.isBetweenServers() && !kind.isReply()) {
        calls += network.messages(kind);
      }
    }
    return calls;
  }
}
