package dev.labrys.lab;

import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A bare Raft cluster in the hands of a test: its levers, and what can be asked of it.
///
/// Servers are told to append, and don't say whether they did: a command may get lost, and nobody
/// starts it again but the test. A server that ends loses all that its disk had not synced.
final class RaftLab {
  /// The time in which the labs expect an election to be over.
  static final long ELECTION_MILLIS = 1_000;

  private static final int LEADER_CHECKS = 10;

  private final LabRun run;
  private final Simulation simulation;
  private final LabNetwork network;
  private final Applied applied;
  private final Chance chance;
  private final TreeSet<ServerId> connected;
  private final List<Agreement> underWay = new ArrayList<>();
  private int commands;
  private int preferred;

  /// A cluster on a network of `quality`, that never forgets.
  RaftLab(LabRun run, LabNetwork.Quality quality) {
    this(run, quality, Snapshots.never(run.servers()));
  }

  /// A cluster on a network of `quality`, with `snapshots`.
  RaftLab(LabRun run, LabNetwork.Quality quality, Snapshots snapshots) {
    int servers = run.servers();
    this.run = run;
    network = new LabNetwork(quality);
    applied = new Applied(servers);
    simulation =
        run.simulate(
            run.cluster(LabMachine::new)
                .withWeather(network)
                .withObserver(applied)
                .withObserver(snapshots));
    snapshots.in(simulation);
    chance = new Chance(simulation.random("lab"));
    connected = new TreeSet<>(simulation.servers());
  }

  Simulation simulation() {
    return simulation;
  }

  /// From now on, the network is of `quality`.
  void network(LabNetwork.Quality quality) {
    simulation.announce("the network becomes " + quality.name().toLowerCase(Locale.ROOT));
    network.become(quality);
  }

  /// From now on, replies come in any order.
  void reorderReplies() {
    simulation.announce("replies are reordered");
    network.answer(LabNetwork.Replies.REORDERED);
  }

  Applied applied() {
    return applied;
  }

  Chance chance() {
    return chance;
  }

  /// `1 server`, `3 servers`.
  static String servers(int count) {
    return count == 1 ? "1 server" : count + " servers";
  }

  /// An entry, as briefly as can be.
  static String shown(Content content) {
    return switch (content) {
      case Content.Noop _ -> "no-op";
      case Content.Command(Bytes bytes) -> bytes.toString();
      case Content.Membership(Configuration configuration) -> configuration.toString();
    };
  }

  int size() {
    return simulation.servers().size();
  }

  /// The server `number`, counted from 0 and round and round.
  ServerId server(int number) {
    return simulation.servers().get(number % size());
  }

  /// The server that is `places` after `server`, round and round.
  ServerId after(ServerId server, int places) {
    return server(server.number() - 1 + places);
  }

  /// Any server.
  ServerId anyServer() {
    return server(chance.below(size()));
  }

  long nowMillis() {
    return simulation.nowNanos() / LabRun.MILLI;
  }

  void sleep(long millis) {
    run.sleep(millis);
  }

  // Levers.

  void disconnect(ServerId server) {
    if (connected.remove(server)) {
      simulation.announce(server + " is cut off");
    }
    simulation.network().isolate(server);
  }

  void connect(ServerId server) {
    if (connected.add(server)) {
      simulation.announce(server + " is connected");
    }
    simulation.network().reconnect(server);
  }

  /// Whether the others can hear it.
  boolean isConnected(ServerId server) {
    return connected.contains(server);
  }

  boolean isUp(ServerId server) {
    return simulation.server(server).isUp();
  }

  /// Ends a server by loss of power.
  void crash(ServerId server) {
    connected.remove(server);
    simulation.powerLoss(server);
  }

  /// Starts a server that is down, and connects it.
  void revive(ServerId server) {
    simulation.start(server);
    connect(server);
  }

  /// Ends a server, and starts it right away.
  void restart(ServerId server) {
    crash(server);
    revive(server);
  }

  void restartAll() {
    simulation.servers().forEach(this::crash);
    simulation.servers().forEach(this::revive);
  }

  // Commands.

  /// A command that there was not yet.
  Bytes command() {
    return Bytes.of("x" + ++commands);
  }

  /// Tells `server` to append `command`. Where it does, or [LogPosition#ZERO] if it does not lead.
  LogPosition start(ServerId server, Bytes command) {
    SimServer asked = simulation.server(server);
    boolean isLeader = asked.isUp() && asked.status().role() == Status.RoleName.LEADER;
    return isLeader ? asked.propose(command, _ -> {}) : LogPosition.ZERO;
  }

  /// The same, of a server that has to lead.
  LogPosition startAt(ServerId leader) {
    LogPosition place = start(leader, command());
    if (place.equals(LogPosition.ZERO)) {
      throw new LabFailure(leader + " had to take a command and says that it does not lead");
    }
    return place;
  }

  /// Begins to have `servers` servers agree on a new command, without waiting for it.
  Agreement agreeing(int servers, Agreement.Retry retry) {
    Agreement agreement = new Agreement(this, command(), servers, retry, preferred++);
    underWay.add(agreement);
    return agreement;
  }

  /// Has `servers` servers agree on `command`, at once or never. Returns its index.
  long agreeAtOnce(Bytes command, int servers) {
    Agreement agreement = new Agreement(this, command, servers, Agreement.Retry.NEVER, preferred++);
    underWay.add(agreement);
    await(agreement);
    return agreement.index();
  }

  /// The same on a new command.
  long agreeAtOnce(int servers) {
    return agreeAtOnce(command(), servers);
  }

  /// Has `servers` servers agree on a new command, started again and again. Returns its index.
  long agree(int servers) {
    Agreement agreement = agreeing(servers, Agreement.Retry.ALWAYS);
    await(agreement);
    return agreement.index();
  }

  /// Waits until `agreement` is reached, while all others go on.
  void await(Agreement agreement) {
    poll();
    while (!agreement.isReached()) {
      sleep(Agreement.POLL_MILLIS);
      poll();
    }
  }

  /// Waits until all agreements that were begun are reached.
  void awaitAll() {
    while (!underWay.isEmpty()) {
      await(underWay.getFirst());
    }
  }

  private void poll() {
    for (Agreement agreement : underWay) {
      agreement.poll();
    }
    underWay.removeIf(Agreement::isReached);
  }

  /// The labs' `wait`: what `servers` servers have applied at `index`, looked at ever less often,
  /// 30 times at most. Empty if a server has left `term` meanwhile.
  Optional<Content> awaitEntry(long index, int servers, long term) {
    long pause = 10;
    for (int look = 0; look < 30 && applied.servers(index) < servers; look++) {
      sleep(pause);
      pause = Math.min(1_000, 2 * pause);
      if (simulation.servers().stream().anyMatch(server -> isUp(server) && term(server) > term)) {
        return Optional.empty();
      }
    }
    requireApplied(index, servers);
    return Optional.of(applied.content(index));
  }

  /// The same whatever the term.
  Content awaitEntry(long index, int servers) {
    return awaitEntry(index, servers, Long.MAX_VALUE).orElseThrow();
  }

  private void requireApplied(long index, int servers) {
    if (applied.servers(index) < servers) {
      throw new LabFailure(
          "only %d of %d servers have applied entry %d"
              .formatted(applied.servers(index), servers, index));
    }
  }

  // Questions.

  Status status(ServerId server) {
    return simulation.server(server).status();
  }

  private long term(ServerId server) {
    return status(server).term();
  }

  /// The one leader among the connected servers, awaited for some 5 seconds. An older leader that
  /// does not know yet counts for nothing.
  ServerId leader() {
    for (int check = 0; check < LEADER_CHECKS; check++) {
      sleep(450 + chance.below(100));
      NavigableMap<Long, ServerId> leaders = leadersByTerm();
      if (!leaders.isEmpty()) {
        return leaders.lastEntry().getValue();
      }
    }
    throw new LabFailure("no leader was elected among " + connected);
  }

  private NavigableMap<Long, ServerId> leadersByTerm() {
    NavigableMap<Long, ServerId> leaders = new TreeMap<>();
    for (ServerId server : connected) {
      Status status = status(server);
      if (status.role() == Status.RoleName.LEADER) {
        ServerId other = leaders.put(status.term(), server);
        if (other != null) {
          throw new LabFailure(
              "term %d has two leaders, %s and %s".formatted(status.term(), other, server));
        }
      }
    }
    return leaders;
  }

  /// No connected server may lead.
  void requireNoLeader() {
    if (!leadersByTerm().isEmpty()) {
      throw new LabFailure(
          "no majority is connected, but %s leads"
              .formatted(leadersByTerm().lastEntry().getValue()));
    }
  }

  /// The term of all connected servers, which has to be the same.
  long agreedTerm() {
    long term = 0;
    for (ServerId server : connected) {
      if (term != 0 && term(server) != term) {
        throw new LabFailure(
            "servers disagree on the term: %s"
                .formatted(connected.stream().map(this::inTerm).toList()));
      }
      term = term(server);
    }
    return term;
  }

  private String inTerm(ServerId server) {
    return "%s in %d".formatted(server, term(server));
  }

  /// Nobody may have applied the entry `index`.
  void requireNotApplied(long index, String why) {
    if (applied.servers(index) > 0) {
      throw new LabFailure(
          "entry %d was applied by %s %s".formatted(index, servers(applied.servers(index)), why));
    }
  }

  /// Requests among servers so far.
  long calls() {
    return LabRun.calls(simulation.network());
  }

  /// Bytes among servers so far.
  long bytes() {
    return simulation.network().bytes();
  }

  /// The log of a server that is up, as it is in memory.
  LogView log(ServerId server) {
    return simulation.server(server).log();
  }

  List<ServerId> servers() {
    return simulation.servers();
  }
}
