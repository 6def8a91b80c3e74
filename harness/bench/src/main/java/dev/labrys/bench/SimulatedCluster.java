package dev.labrys.bench;

import dev.labrys.cluster.sim.ClientLoad;
import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.FaultMix;
import dev.labrys.cluster.sim.FaultPlan;
import dev.labrys.cluster.sim.Invariants;
import dev.labrys.cluster.sim.RegisterScript;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.cluster.sim.StoreCaller;
import dev.labrys.history.Seed;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Five servers in virtual time, with more or less going on. Public, as JMH wants it.
public final class SimulatedCluster {
  private static final long SECOND = 1_000_000_000L;
  private static final int SERVERS = 5;
  private static final int CALLS_PER_SECOND = 100;
  private static final int MOST_CLIENTS = 200;
  private static final int REGISTERS = 10;

  private final Simulation simulation;
  private final RandomGenerator random;
  private final Scene scene;
  private final Optional<ClientLoad> load;

  /// What goes on.
  public enum Scene {
    /// Heartbeats.
    IDLE,
    /// 100 calls a second, whether or not those before have been answered.
    LOAD,
    /// The same, and one fault of any kind every two seconds, three at once at most.
    FAULTS
  }

  /// Who watches.
  public enum Watch {
    /// Nobody.
    NONE,
    /// All invariants, after every event.
    INVARIANTS
  }

  SimulatedCluster(Scene scene, Watch watch, Seed seed) {
    this.scene = scene;
    SimulationOptions options = SimulationOptions.of(SERVERS, () -> new Sessions(new Store()));
    if (watch == Watch.INVARIANTS) {
      options = options.withObserver(Invariants.of(RaftOptions.DEFAULTS, seed));
    }
    simulation = Simulation.of(options, seed);
    random = simulation.random("plans");
    load = scene == Scene.IDLE ? Optional.empty() : Optional.of(load(simulation));
  }

  private static ClientLoad load(Simulation simulation) {
    RegisterScript script = new RegisterScript(REGISTERS);
    return ClientLoad.open(
        simulation,
        ClientOptions.DEFAULTS,
        client -> StoreCaller.of(client, script),
        MOST_CLIENTS,
        new Delay.LongTail(0, SECOND / CALLS_PER_SECOND, SECOND));
  }

  /// Lets `seconds` pass.
  void run(int seconds) {
    long from = simulation.nowNanos();
    long to = from + seconds * SECOND;
    if (scene == Scene.FAULTS) {
      FaultPlan.draw(FaultMix.ALL, simulation.servers(), random, from, to).play(simulation);
    }
    simulation.runUntil(to);
  }

  /// Events so far.
  long events() {
    return simulation.events();
  }

  /// Calls so far that succeeded.
  long succeeded() {
    return load.map(ClientLoad::ok).orElse(0L);
  }

  long fingerprint() {
    return simulation.fingerprint();
  }
}
