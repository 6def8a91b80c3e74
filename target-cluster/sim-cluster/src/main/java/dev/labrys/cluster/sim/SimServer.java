package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A server through all its lives, as whoever drives a simulation sees it.
public final class SimServer {
  private static final long MOST_SHOWN_AT_START = 3_600_000_000_000L;

  /// What fits into the buffers of its connections while it does not read them.
  private static final int MOST_INPUTS = 100_000;

  private final Simulation simulation;
  private final ServerId id;
  private final SimDisk disk;
  private final SimClock clock;
  private final SimWallClock wallClock;
  private final RandomGenerator random;
  private @Nullable ServerProcess process;
  private int starts;
  private long stepNanos;

  SimServer(Simulation simulation, ServerId id) {
    this.simulation = simulation;
    this.id = id;
    SimulationOptions options = simulation.options();
    this.disk =
        new SimDisk(
            simulation.agenda(),
            options.disk(),
            options.raft().fsync(),
            simulation.random("disk", id.toString()),
            options.stored().apply(id));
    disk.listen(writes -> running().written(writes), this::diskFailed);
    long shown = Dice.below(simulation.random("clock", id.toString()), MOST_SHOWN_AT_START);
    this.clock = new SimClock(simulation.agenda(), shown, this::clockChanged);
    this.wallClock = new SimWallClock(simulation.agenda());
    this.random = simulation.random("server", id.toString());
  }

  Simulation simulation() {
    return simulation;
  }

  SimDisk disk() {
    return disk;
  }

  SimClock clock() {
    return clock;
  }

  SimWallClock wallClock() {
    return wallClock;
  }

  /// The end of its links.
  Endpoint endpoint() {
    return new Endpoint() {
      @Override
      public long life() {
        return process == null ? -1 : starts;
      }

      @Override
      public void receive(int from, Object message) {
        SimServer.this.receive(from, message);
      }
    };
  }

  void start() {
    if (process != null) {
      throw new IllegalStateException(id + " is up already");
    }
    SimulationOptions options = simulation.options();
    Stored stored;
    try {
      stored = disk.open();
    } catch (IllegalStateException damaged) {
      throw new IllegalStateException(
          "%s refuses to start: %s; replace its disk, or leave it down"
              .formatted(id, damaged.getMessage()),
          damaged);
    }
    starts++;
    Replica replica =
        options
            .replicas()
            .open(id, options.raft(), stored, simulation.random("election", id + " " + starts));
    ServerProcess started = new ServerProcess(this, replica, options.machines().get());
    started.slowDown(stepNanos);
    process = started;
    simulation.observer().started(simulation.nowNanos(), id, stored, replica);
    started.tell(new Input.Started());
  }

  /// Ends its process; what becomes of its disk is up to the caller.
  void end(Consumer<SimDisk> toDisk) {
    ServerProcess ended = running();
    ended.end();
    process = null;
    toDisk.accept(disk);
    simulation.observer().crashed(simulation.nowNanos(), id);
    ended.abandoned().forEach(asker -> asker.accept(new Reply.Lost()));
  }

  private void diskFailed() {
    simulation.announce(id + " ends: its disk is full");
    simulation.crash(id);
  }

  void pause() {
    running().pause();
  }

  void resume() {
    running().resume(random);
  }

  void endAfter(long effects) {
    running().endAfter(effects);
  }

  void stallTimers(long until) {
    running().timer().stall(until);
  }

  void slowDown(long nanos) {
    stepNanos = nanos;
    if (process != null) {
      process.slowDown(nanos);
    }
  }

  private void clockChanged() {
    if (process != null) {
      process.timer().plan();
    }
  }

  private void receive(int from, Object message) {
    ServerProcess receiver = running();
    ServerId sender = simulation.network().serverAt(from);
    boolean isFull = receiver.backlog() >= MOST_INPUTS;
    if (message instanceof Message raft) {
      if (isFull) {
        simulation.network().lose(sender, id, raft);
      } else {
        receiver.tell(new Input.Received(sender, raft));
      }
    } else if (message instanceof ClientMessage.Ask ask && !isFull) {
      receiver.tell(
          input(ask, receiver.request(reply -> simulation.network().reply(id, from, ask, reply))));
    }
  }

  private static Input input(ClientMessage.Ask ask, RequestId request) {
    return switch (ask.kind()) {
      case COMMAND -> new Input.Proposed(request, ask.bytes());
      case QUERY -> new Input.ReadRequested(request, ask.bytes());
    };
  }

  public ServerId id() {
    return id;
  }

  /// Whether it runs; a paused one does.
  public boolean isUp() {
    return process != null;
  }

  public boolean isPaused() {
    return process != null && process.isPaused();
  }

  /// How often it has been started.
  public int starts() {
    return starts;
  }

  private ServerProcess running() {
    ServerProcess running = process;
    if (running == null) {
      throw new IllegalStateException(id + " is down");
    }
    return running;
  }

  /// What it takes for the time, in milliseconds since 1970.
  public long clockMillis() {
    return wallClock.millis();
  }

  /// What runs on it.
  ///
  /// @throws IllegalStateException if it is down; so do all that follow
  public Replica replica() {
    return running().replica();
  }

  public Status status() {
    return replica().status();
  }

  public LogView log() {
    return replica().log();
  }

  public StateMachine machine() {
    return running().machine();
  }

  /// The last entry that its state machine has seen.
  public long applied() {
    return running().applied();
  }

  /// Asks it to execute `command`, from beside it: not over the network. `done` is told once, maybe
  /// before this returns.
  ///
  /// @return the place of the command in the log of this server, which takes itself for the leader;
  ///   else, or if it is paused or at work, [LogPosition#ZERO]
  public LogPosition propose(Bytes command, Consumer<Reply> done) {
    ServerProcess asked = running();
    LogPosition before = asked.replica().log().last();
    asked.tell(new Input.Proposed(asked.request(done), command));
    LogPosition after = asked.replica().log().last();
    return after.index() > before.index() ? after : LogPosition.ZERO;
  }

  /// Asks it to answer `query`.
  public void read(Bytes query, Consumer<Reply> done) {
    ask(done, request -> new Input.ReadRequested(request, query));
  }

  /// Asks it to make these servers the cluster.
  public void changeMembership(
      List<ServerId> voters, List<ServerId> learners, Consumer<Reply> done) {
    ask(done, request -> new Input.MembershipRequested(request, voters, learners));
  }

  /// Asks it to let `target` lead.
  public void transfer(ServerId target, Consumer<Reply> done) {
    ask(done, request -> new Input.TransferRequested(request, target));
  }

  private void ask(Consumer<Reply> done, Function<RequestId, Input> input) {
    ServerProcess asked = running();
    asked.tell(input.apply(asked.request(done)));
  }

  /// Gives it an account of the state machine as it is now, as if it had asked for one.
  public void takeSnapshot() {
    takeSnapshot(applied(), machine().snapshot());
  }

  /// Gives it `state` as an account of the state machine after entry `index`.
  public void takeSnapshot(long index, Bytes state) {
    running().tell(new Input.SnapshotTaken(index, state));
  }
}
