package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A cluster in one thread, under virtual time, made from one seed.
///
/// What happens is a sequence of events, in the order of their times, and of those at the same time
/// in the order in which they were planned. The same options, the same seed and the same calls give
/// the same events, everywhere. All servers run from the start.
public final class Simulation {
  private static final Actor TASK = Simulation::runTask;

  private final SimulationOptions options;
  private final Seed seed;
  private final Fingerprint fingerprint = new Fingerprint();
  private final Agenda agenda = new Agenda(fingerprint);
  private final Observer observer;
  private final List<SimServer> servers = new ArrayList<>();
  private final SimNetwork network;
  private int clients;
  private int processes;
  private int loads;

  private Simulation(SimulationOptions options, Seed seed) {
    this.options = options;
    this.seed = seed;
    this.observer = new Observers(options.observers());
    for (int number = 1; number <= options.servers(); number++) {
      servers.add(new SimServer(this, new ServerId(number)));
    }
    network = new SimNetwork(this, servers);
  }

  /// A new cluster, at time 0.
  public static Simulation of(SimulationOptions options, Seed seed) {
    Simulation simulation = new Simulation(options, seed);
    simulation.servers.forEach(SimServer::start);
    return simulation;
  }

  private static void runTask(long unused, @Nullable Object task) {
    if (task instanceof Runnable runnable) {
      runnable.run();
    }
  }

  Agenda agenda() {
    return agenda;
  }

  Observer observer() {
    return observer;
  }

  Fingerprint fingerprints() {
    return fingerprint;
  }

  public SimulationOptions options() {
    return options;
  }

  public Seed seed() {
    return seed;
  }

  /// The time that has passed since the start.
  public long nowNanos() {
    return agenda.now();
  }

  /// Plans `task` for `timeNanos`, which has not passed yet.
  public void at(long timeNanos, Runnable task) {
    if (timeNanos < nowNanos()) {
      throw new IllegalArgumentException(
          "%d ns has passed: it is %d ns".formatted(timeNanos, nowNanos()));
    }
    agenda.plan(timeNanos, TASK, 0, task);
  }

  /// Plans `task` for `nanos` from now.
  public void after(long nanos, Runnable task) {
    at(nowNanos() + nanos, task);
  }

  /// Lets all happen that is due at `timeNanos` or before. It is `timeNanos` then.
  public void runUntil(long timeNanos) {
    while (agenda.happen(timeNanos)) {
      // The next one.
    }
    agenda.waitUntil(timeNanos);
  }

  /// Lets things happen until `condition` holds, or `deadlineNanos` has passed.
  ///
  /// @return whether it holds; it is then the time of the event that made it so
  public boolean runUntil(BooleanSupplier condition, long deadlineNanos) {
    while (!condition.getAsBoolean()) {
      if (!agenda.happen(deadlineNanos)) {
        agenda.waitUntil(deadlineNanos);
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /// Lets `nanos` pass.
  public void run(long nanos) {
    runUntil(nowNanos() + nanos);
  }

  /// All servers, up or down, in order.
  public List<ServerId> servers() {
    return network.servers();
  }

  public SimServer server(ServerId id) {
    int number = id.number();
    if (number < 1 || number > servers.size()) {
      throw new IllegalArgumentException(
          "there is no %s among %d servers".formatted(id, servers.size()));
    }
    return servers.get(number - 1);
  }

  public SimNetwork network() {
    return network;
  }

  public SimDisk disk(ServerId id) {
    return server(id).disk();
  }

  public SimClock clock(ServerId id) {
    return server(id).clock();
  }

  /// A new client.
  public SimClient client(ClientOptions clientOptions) {
    return new SimClient(this, clientOptions, clients++);
  }

  /// A name for a load of some kind: the kind, and a number if there are several.
  String newLoad(String kind) {
    loads++;
    return loads == 1 ? kind : kind + " " + loads;
  }

  int newProcess() {
    return processes++;
  }

  /// The stream of random numbers of `consumer`, for the purpose `name`.
  RandomGenerator random(String consumer, String name) {
    return SimRandom.of(seed, consumer + " " + name);
  }

  /// A stream of random numbers for whoever drives this simulation.
  public RandomGenerator random(String name) {
    return random("driver", name);
  }

  /// Ends the server's process. What it handed to its disk stays; of a write under way, some may.
  public void crash(ServerId id) {
    server(id).end(SimDisk::endServer);
  }

  /// Ends the server's process as soon as it has performed `effects` more effects: between two
  /// effects of one step, if it so happens.
  public void crashAfter(ServerId id, int effects) {
    if (effects < 1) {
      throw new IllegalArgumentException("to crash at once, call crash: " + effects);
    }
    server(id).endAfter(effects);
  }

  /// Ends the server and loses what its disk had not synced.
  public void powerLoss(ServerId id) {
    server(id).end(SimDisk::losePower);
  }

  /// Has the server, which is down, be held to nothing that it promised: its disk was changed so
  /// that it can't know.
  void forgive(ServerId id, Observer.Promises promises) {
    observer.forgiven(nowNanos(), id, promises);
  }

  /// Starts a server that is down, with what its disk holds.
  ///
  /// @throws IllegalStateException if it is up, or if its disk is damaged
  public void start(ServerId id) {
    server(id).start();
  }

  /// Freezes the server: what it would be told waits.
  public void pause(ServerId id) {
    server(id).pause();
  }

  /// Undoes [#pause].
  public void resume(ServerId id) {
    server(id).resume();
  }

  /// For the next `nanos`, the server's timer does not fire; if it is due meanwhile, it is late.
  public void stallTimers(ServerId id, long nanos) {
    server(id).stallTimers(nowNanos() + nanos);
  }

  /// From now on, each step of the server takes `nanos`; 0 for no time, as at first.
  public void slowDown(ServerId id, long nanos) {
    server(id).slowDown(nanos);
  }

  /// Tells the observers of something that whoever drives this simulation does.
  public void announce(String fault) {
    observer.fault(nowNanos(), fault);
  }

  /// How many events have happened.
  public long events() {
    return agenda.happened();
  }

  /// A fingerprint of all that has happened: two runs with the same one went the same way.
  public long fingerprint() {
    return fingerprint.value();
  }
}
