package dev.labrys.raft.node;

import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// Runs a [Replica]: tells it what happens, and sees to it that what it wants is done.
///
/// Belongs to the thread of the loop. All that happens in a turn of the loop is told at once, and
/// what has to wait for the disk goes to the [Performer] at once.
final class Shell implements Timed {

  /// Effects that may wait for the disk until clients are told that the server is busy.
  private static final int BUSY_BACKLOG = 20_000;

  private static final long MICRO = 1_000;

  /// A timer that is late by this and more is worth a line in the log.
  private static final long NOTABLE_LATENESS = 20_000 * MICRO;

  private final Replica replica;
  private final Performer performer;
  private final BiConsumer<ServerId, Message> network;
  private final NodeLog log;
  private final TimerClock clock = new TimerClock(System.nanoTime());

  /// By that clock.
  private long timer = Long.MAX_VALUE;

  private long stallEnd = Long.MIN_VALUE;
  private final List<Input> told = new ArrayList<>();
  private final List<Input> asked = new ArrayList<>();
  private List<Effect> waiting = new ArrayList<>();
  private Status status;

  /// @param network takes messages to other servers
  Shell(Replica replica, Performer performer, BiConsumer<ServerId, Message> network, NodeLog log) {
    this.replica = replica;
    this.performer = performer;
    this.network = network;
    this.log = log;
    this.status = replica.status();
  }

  /// Tells the server something, before this turn of the loop [ends][#submit].
  void tell(Input input) {
    told.add(input);
  }

  /// Asks the server something, after all that it is told in this turn: what that commits, and whom
  /// that answers, need not wait for the disk to have what is new.
  void ask(Input request) {
    asked.add(request);
  }

  /// Lets the server know what it was told and asked, and hands over what has to wait for the disk.
  ///
  /// @return what is done already
  /// @throws InterruptedException if that takes its time, and the wait is interrupted
  List<Performed> submit() throws InterruptedException {
    told.addAll(asked);
    asked.clear();
    if (!told.isEmpty()) {
      step(told.size() == 1 ? told.getFirst() : new Input.Together(told));
      told.clear();
    }
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Performed> done = performer.perform(waiting);
    waiting = new ArrayList<>();
    return done;
  }

  private void step(Input input) {
    List<Effect> effects = replica.step(clock.at(System.nanoTime()), input);
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      if (effect instanceof Effect.SetTimer(long atNanos)) {
        timer = atNanos;
      } else if (effect instanceof Effect.SendAtOnce(ServerId to, Message message)) {
        network.accept(to, message);
      } else {
        waiting.add(effect);
      }
    }
    observe();
  }

  /// Whether so much waits for the disk that more requests would wait for long.
  boolean isBusy() {
    return performer.backlog() > BUSY_BACKLOG;
  }

  /// Lets the timer not fire before `nanos`, as if it were late.
  void stallTimer(long nanos) {
    stallEnd = nanos;
  }

  /// Lets the timer go faster by so many millionths, or slower if negative.
  void driftTimer(long millionths) {
    clock.drift(System.nanoTime(), millionths);
  }

  /// What the clock shows that the timer goes by.
  long timerNanos() {
    return clock.at(System.nanoTime());
  }

  /// What the server is at this moment.
  Status status() {
    return status;
  }

  /// The last entry that a snapshot has replaced.
  LogPosition snapshot() {
    return replica.log().snapshot();
  }

  /// At once, if there is something to [submit][#submit]: a client that is listened to again may
  /// ask after that was done in this turn.
  @Override
  public long wakeNanos() {
    return told.isEmpty() && asked.isEmpty() ? dueNanos() : System.nanoTime();
  }

  private long dueNanos() {
    return Math.max(clock.machineTimeOf(timer), stallEnd);
  }

  @Override
  public void onTime(long now) {
    if (now >= dueNanos()) {
      noteLateness(now - clock.machineTimeOf(timer));
      tell(new Input.TimerFired());
    }
  }

  /// A timer is late because the machine did not run this thread, or was told to be.
  private void noteLateness(long nanos) {
    if (nanos >= NOTABLE_LATENESS) {
      log.event("late-timer").with("late-micros", nanos / MICRO).write();
    }
  }

  private void observe() {
    Status was = status;
    status = replica.status();
    boolean isSameTerm = was.term() == status.term();
    if (!isSameTerm || was.role() != status.role()) {
      log.stands(status.term(), word(status.role()));
      log.event("role").with("was", word(was.role())).with("was-term", was.term()).write();
    }
    if (!was.leader().equals(status.leader()) && !status.leader().equals(ServerId.NOBODY)) {
      log.event("leader").with("leader", status.leader().toString()).write();
    }
    if (!was.configuration().equals(status.configuration())) {
      log.event("membership").with("members", status.configuration().toString()).write();
    }
  }

  /// The name of a role, as it is printed.
  static String word(Status.RoleName role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
