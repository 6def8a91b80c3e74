package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;

import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A key/value store on Raft in the hands of a test: its levers, and its clerks.
final class StoreLab {
  /// The time in which the labs expect an election to be over.
  static final long ELECTION_MILLIS = 1_000;

  /// A clerk asks the next server as soon as one can't be reached, which the labs let it know
  /// within 100 ms, and never gives up within a test.
  private static final ClientOptions CLERKS =
      new ClientOptions(
          100 * LabRun.MILLI,
          20 * LabRun.MILLI,
          2 * LabRun.LIMIT_NANOS,
          ClientOptions.Repetition.ALL);

  private static final long PATIENCE_MILLIS = 30_000;

  private final LabRun run;
  private final StoreKind kind;
  private final Snapshots snapshots;
  private final Journal journal = new Journal();
  private final Simulation simulation;
  private final Chance chance;

  /// A store of `kind` on a network of `quality`.
  StoreLab(LabRun run, StoreKind kind, LabNetwork.Quality quality, Snapshots snapshots) {
    this.run = run;
    this.kind = kind;
    this.snapshots = snapshots;
    LabNetwork network = new LabNetwork(quality);
    simulation =
        run.simulate(
            run.cluster(kind::machine)
                .withWeather(network)
                .withClientWeather(network)
                .withObserver(journal)
                .withObserver(snapshots));
    snapshots.in(simulation);
    chance = new Chance(simulation.random("lab"));
  }

  /// The same on a network that loses nothing, without snapshots.
  StoreLab(LabRun run, StoreKind kind) {
    this(run, kind, RELIABLE, Snapshots.never(run.servers()));
  }

  StoreKind kind() {
    return kind;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  Simulation simulation() {
    return simulation;
  }

  Chance chance() {
    return chance;
  }

  List<ServerId> servers() {
    return simulation.servers();
  }

  void sleep(long millis) {
    run.sleep(millis);
  }

  // Levers.

  /// Cuts the servers of each group off those of all others.
  void partition(List<List<ServerId>> groups) {
    simulation.announce("the network is cut into " + groups);
    simulation.network().partition(groups);
  }

  /// Cuts them into two groups at random, of which one may be empty.
  void partitionAtRandom() {
    List<ServerId> one = new ArrayList<>();
    List<ServerId> other = new ArrayList<>();
    for (ServerId server : servers()) {
      (chance.permille(500) ? one : other).add(server);
    }
    partition(List.of(one, other));
  }

  void heal() {
    simulation.announce("the network is whole");
    simulation.network().healAll();
  }

  /// All servers lose their power at once, and come back after a while.
  void restartAll() {
    servers().forEach(simulation::powerLoss);
    sleep(ELECTION_MILLIS);
    servers().forEach(simulation::start);
  }

  /// The leader of the highest term.
  ServerId leader() {
    await(5_000, "no leader was elected", () -> !newestLeader().equals(ServerId.NOBODY));
    return newestLeader();
  }

  private ServerId newestLeader() {
    ServerId newest = ServerId.NOBODY;
    long term = 0;
    for (ServerId id : servers()) {
      SimServer server = simulation.server(id);
      if (server.isUp()
          && server.status().role() == Status.RoleName.LEADER
          && server.status().term() > term) {
        newest = id;
        term = server.status().term();
      }
    }
    return newest;
  }

  // Clerks.

  /// A new clerk, who reaches all servers.
  Clerk clerk() {
    return kind.clerk(simulation.client(CLERKS));
  }

  /// From now on, `clerk` reaches `reachable` only.
  void confine(Clerk clerk, List<ServerId> reachable) {
    int client = clerk.client().number();
    for (ServerId server : servers()) {
      if (reachable.contains(server)) {
        simulation.network().healClient(client, server);
      } else {
        simulation.network().cutClient(client, server);
      }
    }
  }

  void put(Clerk clerk, String key, String text) {
    complete("put %s at %s".formatted(text, key), done -> clerk.put(key, text, done));
  }

  void add(Clerk clerk, String key, String text) {
    complete("add %s to %s".formatted(text, key), done -> clerk.add(key, text, done));
  }

  String get(Clerk clerk, String key) {
    AtomicReference<String> found = new AtomicReference<>("");
    complete(
        "get " + key,
        done ->
            clerk.get(
                key,
                text -> {
                  found.set(text);
                  done.run();
                }));
    return found.get();
  }

  /// `key` holds `expected`.
  void requireHeld(Clerk clerk, String key, String expected) {
    String held = get(clerk, key);
    if (!held.equals(expected)) {
      throw new LabFailure("%s holds '%s' instead of '%s'".formatted(key, held, expected));
    }
  }

  private void complete(String what, Consumer<Runnable> call) {
    AtomicBoolean isDone = new AtomicBoolean();
    call.accept(() -> isDone.set(true));
    await(PATIENCE_MILLIS, "a clerk could not " + what, isDone::get);
  }

  /// Waits for `condition`, up to `millis`.
  void await(long millis, String complaint, BooleanSupplier condition) {
    long deadline = simulation.nowNanos() + millis * LabRun.MILLI;
    if (!simulation.runUntil(condition, deadline)) {
      throw new LabFailure("%s within %d ms".formatted(complaint, millis));
    }
    run.sleep(0);
  }

  /// What clients have seen is what a store may answer.
  void judge() {
    journal.judge(kind.model());
  }
}
