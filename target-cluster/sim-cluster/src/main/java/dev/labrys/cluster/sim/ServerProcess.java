package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.StateMachine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One life of a server, from its start to its end: tells the replica inputs one by one, and
/// performs its effects in the order that [Effect] demands.
///
/// A write takes time. Effects behind it wait; inputs don't, and their effects join the queue. The
/// server may end between any two effects.
final class ServerProcess {
  private static final Input TIMER_FIRED = new Input.TimerFired();
  private static final Reply DONE = new Reply.Done();

  private final Simulation simulation;
  private final Agenda agenda;
  private final Observer observer;
  private final Fingerprint fingerprint;
  private final ServerId id;
  private final Replica replica;
  private final StateMachine machine;
  private final SimDisk disk;
  private final SimClock clock;
  private final SimTimer timer;
  private final WaitingRequests waiting = new WaitingRequests();
  private final ArrayDeque<Input> inputs = new ArrayDeque<>();

  /// What waits for the write under way.
  private final ArrayDeque<Effect> effects = new ArrayDeque<>();

  private final Actor freeing = (_, _) -> work();
  private long applied;
  private boolean isAlive = true;
  private boolean isPaused;

  /// Whether a step, or what it wants done, is under way.
  private boolean isWorking;

  private boolean isWriting;

  /// Whether a write is done of which this process, being paused, knows nothing.
  private boolean isWriteUnnoticed;

  private long stepNanos;
  private long busyUntil;

  /// How many effects are left to perform before it ends; 0 if nothing is planned.
  private long effectsToLive;

  ServerProcess(SimServer server, Replica replica, StateMachine machine) {
    this.simulation = server.simulation();
    this.agenda = simulation.agenda();
    this.observer = simulation.observer();
    this.fingerprint = simulation.fingerprints();
    this.id = server.id();
    this.replica = replica;
    this.machine = machine;
    this.disk = server.disk();
    this.clock = server.clock();
    this.timer = new SimTimer(agenda, clock, this::timerDue);
  }

  Replica replica() {
    return replica;
  }

  StateMachine machine() {
    return machine;
  }

  SimTimer timer() {
    return timer;
  }

  long applied() {
    return applied;
  }

  boolean isPaused() {
    return isPaused;
  }

  /// How many inputs wait.
  int backlog() {
    return inputs.size();
  }

  /// From now on, each step takes `nanos`.
  void slowDown(long nanos) {
    stepNanos = nanos;
  }

  /// Ends after so many effects more.
  void endAfter(long count) {
    effectsToLive = count;
  }

  /// It is no more.
  void end() {
    isAlive = false;
    timer.clear();
    inputs.clear();
    effects.clear();
  }

  /// Those whose requests get no answer any more.
  List<Consumer<Reply>> abandoned() {
    return waiting.removeAll();
  }

  void pause() {
    isPaused = true;
  }

  /// Goes on. Whether it sees first that it is late or what has come in meanwhile is chance.
  void resume(RandomGenerator random) {
    isPaused = false;
    if (timer.isDue()) {
      timer.clear();
      if (Dice.below(random, 2) == 0) {
        inputs.addFirst(TIMER_FIRED);
      } else {
        inputs.addLast(TIMER_FIRED);
      }
    } else {
      timer.plan();
    }
    if (isWriteUnnoticed) {
      isWriteUnnoticed = false;
      goOn();
    }
    work();
  }

  private void timerDue() {
    if (!isPaused) {
      timer.clear();
      tell(TIMER_FIRED);
    }
  }

  /// A request that waits for its reply from now on.
  RequestId request(Consumer<Reply> asker) {
    return waiting.add(asker);
  }

  /// Tells the replica something: at once, or when its turn comes.
  void tell(Input input) {
    inputs.add(input);
    work();
  }

  private void work() {
    while (isAlive && !isWorking && !isPaused && busyUntil <= agenda.now() && !inputs.isEmpty()) {
      step(inputs.poll());
    }
  }

  private void step(Input input) {
    isWorking = true;
    List<Effect> wanted = replica.step(clock.nowNanos(), input);
    fingerprint.mix(id.number(), wanted.size());
    observer.stepped(agenda.now(), id, input, wanted, replica);
    int count = wanted.size();
    for (int i = 0; i < count && isAlive; i++) {
      begin(wanted.get(i));
    }
    isWorking = false;
    if (stepNanos > 0 && isAlive) {
      busyUntil = agenda.now() + stepNanos;
      agenda.plan(busyUntil, freeing, 0, null);
    }
  }

  private void begin(Effect effect) {
    if (effect instanceof Effect.SendAtOnce || effect instanceof Effect.SetTimer) {
      perform(effect);
    } else if (isWriting || !effects.isEmpty()) {
      effects.add(effect);
    } else if (isWrite(effect)) {
      write(List.of(effect));
    } else {
      perform(effect);
    }
  }

  private static boolean isWrite(@Nullable Effect effect) {
    return effect instanceof Effect.Persist || effect instanceof Effect.SaveSnapshot;
  }

  private void write(List<Effect> writes) {
    if (disk.write(writes)) {
      tellPersisted(writes);
    } else {
      isWriting = true;
    }
  }

  /// The disk has done what it was last asked to write.
  void written(List<Effect> writes) {
    tellPersisted(writes);
    if (isPaused) {
      isWriteUnnoticed = true;
    } else {
      goOn();
      work();
    }
  }

  private void tellPersisted(List<Effect> writes) {
    for (int i = 0; i < writes.size() && isAlive; i++) {
      Effect effect = writes.get(i);
      observer.performed(agenda.now(), id, effect);
      if (effect instanceof Effect.Persist persist) {
        inputs.add(new Input.Persisted(persist));
      }
      countDown();
    }
  }

  /// Performs what waited for a write.
  private void goOn() {
    isWriting = false;
    isWorking = true;
    while (isAlive && !isWriting && !effects.isEmpty()) {
      Effect effect = effects.poll();
      if (isWrite(effect)) {
        write(withAdjacentWrites(effect));
      } else {
        perform(effect);
      }
    }
    isWorking = false;
  }

  private List<Effect> withAdjacentWrites(Effect first) {
    if (!isWrite(effects.peek())) {
      return List.of(first);
    }
    List<Effect> writes = new ArrayList<>();
    writes.add(first);
    while (isWrite(effects.peek())) {
      writes.add(effects.poll());
    }
    return writes;
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send(ServerId to, var message) -> send(to, message, effect);
      case Effect.SendAtOnce(ServerId to, var message) -> send(to, message, effect);
      case Effect.SetTimer(long atNanos) -> {
        timer.set(atNanos);
        performed(effect);
      }
      case Effect.Apply(Entry entry, RequestId request) -> answer(request, apply(entry), effect);
      case Effect.Query(RequestId request, Bytes query) ->
          answer(request, new Reply.Output(machine.query(query)), effect);
      case Effect.Answer(RequestId request, Response response) ->
          answer(request, Reply.of(response), effect);
      case Effect.Restore(Snapshot snapshot) -> {
        machine.restore(snapshot.state());
        applied = snapshot.last().index();
        performed(effect);
      }
      case Effect.TakeSnapshot() -> {
        inputs.add(new Input.SnapshotTaken(applied, machine.snapshot()));
        performed(effect);
      }
      case Effect.Persist _, Effect.SaveSnapshot _ ->
          throw new IllegalStateException("a write is not performed at once: " + effect);
    }
  }

  private void send(ServerId to, Message message, Effect effect) {
    observer.performed(agenda.now(), id, effect);
    simulation.network().send(id, to, message);
    countDown();
  }

  private Reply apply(Entry entry) {
    applied = entry.index();
    fingerprint.mix(entry.index(), entry.term());
    return entry.content() instanceof Content.Command(Bytes command)
        ? new Reply.Output(machine.apply(entry.index(), command))
        : DONE;
  }

  private void performed(Effect effect) {
    observer.performed(agenda.now(), id, effect);
    countDown();
  }

  private void answer(RequestId request, Reply reply, Effect effect) {
    observer.performed(agenda.now(), id, effect);
    if (request.number() != RequestId.NOBODY.number()) {
      waiting.remove(request).accept(reply);
    }
    countDown();
  }

  private void countDown() {
    if (effectsToLive > 0 && --effectsToLive == 0 && isAlive) {
      simulation.crash(id);
    }
  }
}
