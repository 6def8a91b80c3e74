package dev.labrys.raft;

import dev.labrys.history.Seed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A server with the simplest shell that keeps the contract of [Effect]: a disk, a queue of what is
/// to be done, a list of commands for a state machine, and a clock that is moved by hand.
final class TestServer {
  final ServerId id;
  private final RaftOptions options;
  private final Rules rules;
  private final World world;
  private final RandomGenerator random;
  private final TestDisk disk;
  private final ArrayDeque<Effect> undone = new ArrayDeque<>();
  private final ArrayDeque<Effect.Persist> unconfirmed = new ArrayDeque<>();
  private final List<String> executed = new ArrayList<>();
  private final List<Input> held = new ArrayList<>();
  private int gathering = 1;
  private long appliedIndex;
  private long nowNanos;
  private long timerAtNanos = Long.MAX_VALUE;
  private long lastRequest;
  private @Nullable Replica replica;

  /// Who is told of what the server does.
  interface World {
    void stepped(TestServer server, Input input, List<Effect> effects, Status before);

    void performed(TestServer server, Effect effect);
  }

  TestServer(ServerId id, RaftOptions options, Rules rules, Stored stored, Seed seed, World world) {
    this.id = id;
    this.options = options;
    this.rules = rules;
    this.world = world;
    this.random = seed.stream(id.toString());
    this.disk = new TestDisk(stored);
  }

  boolean isUp() {
    return replica != null;
  }

  Replica replica() {
    if (replica == null) {
      throw new IllegalStateException(id + " is down");
    }
    return replica;
  }

  Status status() {
    return replica().status();
  }

  TestDisk disk() {
    return disk;
  }

  Stored stored() {
    return disk.stored();
  }

  /// The commands that the state machine has executed.
  List<String> executed() {
    return List.copyOf(executed);
  }

  /// The last entry of which the state machine knows.
  long appliedIndex() {
    return appliedIndex;
  }

  long nowNanos() {
    return nowNanos;
  }

  long timerAtNanos() {
    return timerAtNanos;
  }

  void start() {
    if (isUp()) {
      throw new IllegalStateException(id + " is up already");
    }
    replica = Raft.open(id, options, rules, disk.stored(), random);
    step(new Input.Started());
    tellHeld();
  }

  /// Forgets all but what the disk holds.
  void crash() {
    replica = null;
    undone.clear();
    unconfirmed.clear();
    held.clear();
    executed.clear();
    appliedIndex = 0;
    timerAtNanos = Long.MAX_VALUE;
  }

  void advanceTo(long nanos) {
    nowNanos = Math.max(nowNanos, nanos);
  }

  RequestId nextRequest() {
    lastRequest++;
    return new RequestId(lastRequest);
  }

  /// Moves the clock to when the timer was set to, and fires it.
  void fireTimer() {
    if (timerAtNanos == Long.MAX_VALUE) {
      throw new IllegalStateException(id + " waits for nothing");
    }
    advanceTo(timerAtNanos);
    timerAtNanos = Long.MAX_VALUE;
    step(new Input.TimerFired());
  }

  /// What a state machine says of itself now.
  Input.SnapshotTaken account() {
    return new Input.SnapshotTaken(appliedIndex, Bytes.of(String.join(",", executed)));
  }

  /// From now on, is told things when so many have gathered, all at once.
  void gather(int most) {
    gathering = most;
  }

  void step(Input input) {
    held.add(input);
    if (held.size() >= gathering) {
      tellHeld();
    }
  }

  /// Tells what has gathered.
  void tellHeld() {
    if (!held.isEmpty()) {
      Input input = held.size() == 1 ? held.getFirst() : new Input.Together(held);
      held.clear();
      tell(input);
    }
  }

  private void tell(Input input) {
    Status before = status();
    List<Effect> effects = replica().step(nowNanos, input);
    world.stepped(this, input, effects, before);
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.SendAtOnce _, Effect.SetTimer _ -> perform(effect);
        default -> undone.add(effect);
      }
    }
  }

  /// What is to be done, in order.
  List<Effect> undone() {
    return List.copyOf(undone);
  }

  boolean hasUnconfirmed() {
    return !unconfirmed.isEmpty();
  }

  /// Does all that can be done without the disk being asked.
  void performUpToWrite() {
    while (!undone.isEmpty() && !isWrite(undone.getFirst())) {
      performNext();
    }
  }

  /// Does all, writes included, and tells the server what is stored.
  void performAll() {
    while (!undone.isEmpty() || hasUnconfirmed()) {
      while (!undone.isEmpty()) {
        performNext();
      }
      confirmAll();
    }
  }

  void confirmAll() {
    while (hasUnconfirmed()) {
      confirmNext();
    }
  }

  void confirmNext() {
    step(new Input.Persisted(unconfirmed.remove()));
  }

  void performNext() {
    perform(undone.remove());
  }

  static boolean isWrite(Effect effect) {
    return effect instanceof Effect.Persist || effect instanceof Effect.SaveSnapshot;
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist write -> {
        disk.write(write);
        unconfirmed.add(write);
      }
      case Effect.SaveSnapshot save -> disk.write(save.snapshot());
      case Effect.Apply apply -> apply(apply.entry());
      case Effect.Restore restore -> restore(restore.snapshot());
      case Effect.SetTimer timer -> timerAtNanos = timer.atNanos();
      case Effect.Send _, Effect.SendAtOnce _, Effect.Query _ -> {}
      case Effect.TakeSnapshot _, Effect.Answer _ -> {}
    }
    world.performed(this, effect);
  }

  private void apply(Entry entry) {
    if (entry.index() != appliedIndex + 1) {
      throw new AssertionError(
          "%s applies entry %d after %d".formatted(id, entry.index(), appliedIndex));
    }
    appliedIndex = entry.index();
    if (entry.content() instanceof Content.Command command) {
      executed.add(command.bytes().text());
    }
  }

  private void restore(Snapshot snapshot) {
    executed.clear();
    if (snapshot.state().length() > 0) {
      executed.addAll(Arrays.asList(snapshot.state().text().split(",", -1)));
    }
    appliedIndex = snapshot.last().index();
  }
}
