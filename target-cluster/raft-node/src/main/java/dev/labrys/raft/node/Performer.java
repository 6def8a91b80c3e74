package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.StateMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Performs the effects that have to wait for the disk, on a thread of its own, in their order.
///
/// It takes all that have gathered, writes what is to be written among them, and has the disk make
/// it durable once for all (group commit). So the slower the disk, the more each wait for it is
/// worth. What has no write ahead of it is done by whoever brings it, if it is quickly done: two
/// changes of threads would take longer than that itself.
final class Performer implements AutoCloseable {

  /// Effects that may wait; whoever brings more waits as well.
  private static final int MOST = 200_000;

  /// Bytes of commands after which the state machine gives an account of itself unasked, unless the
  /// last one was longer than that: the log is kept in memory, and the server counts its entries
  /// only.
  static final long MOST_LOG_BYTES = Heap.part(8, 64 << 20);

  private final Storage disk;
  private final StateMachine machine;
  private final Consumer<List<Performed>> whenDone;
  private final Consumer<Throwable> whenBroken;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasWork = lock.newCondition();
  private final Condition hasRoom = lock.newCondition();
  private List<Effect> queue = new ArrayList<>();
  private boolean isClosing;
  private boolean isOver;

  /// Whether all effects before those in the queue have been performed. Whoever has the lock then
  /// has the state machine.
  private boolean isIdle;

  private volatile int backlog;

  /// The entry after which the state machine is.
  private long applied;

  /// Bytes of commands since the state machine gave its last account.
  private long appliedBytes;

  /// Bytes of that account.
  private long accountBytes;

  private List<Performed> done = new ArrayList<>();

  /// @param whenDone told what came of it, on this thread
  /// @param whenBroken told why nothing will be performed any more
  Performer(
      String name,
      Storage disk,
      StateMachine machine,
      Consumer<List<Performed>> whenDone,
      Consumer<Throwable> whenBroken) {
    this.disk = disk;
    this.machine = machine;
    this.whenDone = whenDone;
    this.whenBroken = whenBroken;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Performs `effects`, which the caller does not use any more, or has them performed.
  ///
  /// @return what came of those that it has performed itself: the first ones
  /// @throws InterruptedException if the wait for room is interrupted
  List<Performed> perform(List<Effect> effects) throws InterruptedException {
    lock.lock();
    try {
      int quick = isIdle && queue.isEmpty() ? firstSlow(effects) : 0;
      effects.subList(0, quick).forEach(this::perform);
      List<Performed> performed = done;
      if (quick > 0) {
        done = new ArrayList<>();
      }
      if (quick < effects.size()) {
        add(quick == 0 ? effects : new ArrayList<>(effects.subList(quick, effects.size())));
      }
      return quick > 0 ? performed : List.of();
    } finally {
      lock.unlock();
    }
  }

  private static int firstSlow(List<Effect> effects) {
    int first = 0;
    while (first < effects.size() && isQuick(effects.get(first))) {
      first++;
    }
    return first;
  }

  private static boolean isQuick(Effect effect) {
    return switch (effect) {
      case Effect.Send _, Effect.Apply _, Effect.Query _, Effect.Answer _ -> true;
      case Effect.Persist _, Effect.SaveSnapshot _, Effect.TakeSnapshot _, Effect.Restore _ ->
          false;
      case Effect.SendAtOnce _, Effect.SetTimer _ -> false;
    };
  }

  private void add(List<Effect> effects) throws InterruptedException {
    while (queue.size() >= MOST && !isOver) {
      hasRoom.await();
    }
    if (queue.isEmpty()) {
      queue = effects;
      hasWork.signal();
    } else {
      queue.addAll(effects);
    }
    backlog = queue.size();
  }

  /// How many effects have not been begun.
  int backlog() {
    return backlog;
  }

  private void run() {
    try {
      for (List<Effect> batch = take(); !batch.isEmpty(); batch = take()) {
        perform(batch, firstWrite(batch));
      }
    } catch (IOException | RuntimeException | Error broken) {
      whenBroken.accept(broken);
    } finally {
      endQueue();
    }
  }

  private void endQueue() {
    lock.lock();
    try {
      isOver = true;
      hasRoom.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All there is, once there is something; nothing if there never will be.
  private List<Effect> take() {
    lock.lock();
    try {
      isIdle = true;
      while (queue.isEmpty() && !isClosing) {
        hasWork.awaitUninterruptibly();
      }
      isIdle = false;
      List<Effect> batch = queue;
      queue = new ArrayList<>();
      backlog = 0;
      hasRoom.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private static int firstWrite(List<Effect> batch) {
    int first = 0;
    while (first < batch.size() && !isWrite(batch.get(first))) {
      first++;
    }
    return first;
  }

  private static boolean isWrite(Effect effect) {
    return effect instanceof Effect.Persist || effect instanceof Effect.SaveSnapshot;
  }

  /// @param first of the effects that write; those before wait for nothing
  private void perform(List<Effect> batch, int first) throws IOException {
    batch.subList(0, first).forEach(this::perform);
    if (first < batch.size()) {
      report();
      for (Effect effect : batch.subList(first, batch.size())) {
        write(effect);
      }
      disk.sync();
      batch.subList(first, batch.size()).forEach(this::perform);
    }
    describeIfMuch();
    report();
  }

  private void write(Effect effect) throws IOException {
    if (effect instanceof Effect.Persist write) {
      disk.write(write);
    } else if (effect instanceof Effect.SaveSnapshot write) {
      disk.write(write);
    }
  }

  private void report() {
    if (!done.isEmpty()) {
      whenDone.accept(done);
      done = new ArrayList<>();
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist write -> done.add(new Performed.Written(write));
      case Effect.SaveSnapshot _ -> {}
      case Effect.Send(ServerId to, var message) -> done.add(new Performed.Free(to, message));
      case Effect.Apply(Entry entry, RequestId request) -> apply(entry, request);
      case Effect.Query(RequestId request, Bytes query) ->
          reply(request, new Reply.Answered(machine.query(query)));
      case Effect.Restore(Snapshot snapshot) -> restore(snapshot);
      case Effect.TakeSnapshot _ -> describe();
      case Effect.Answer(RequestId request, var response) -> reply(request, Reply.of(response));
      case Effect.SendAtOnce _, Effect.SetTimer _ ->
          throw new IllegalStateException("this should not have waited: " + effect);
    }
  }

  private void apply(Entry entry, RequestId request) {
    applied = entry.index();
    if (entry.content() instanceof Content.Command(Bytes command)) {
      Bytes answer = machine.apply(entry.index(), command);
      appliedBytes += command.length();
      if (!request.equals(RequestId.NOBODY)) {
        reply(request, new Reply.Answered(answer));
      }
      // Takes long, so whoever brings effects leaves it to the thread, which comes to it with the
      // next write.
      if (!isIdle) {
        describeIfMuch();
      }
    }
  }

  private void describeIfMuch() {
    if (appliedBytes > Math.max(MOST_LOG_BYTES, accountBytes)) {
      describe();
    }
  }

  private void describe() {
    Bytes account = machine.snapshot();
    accounted(account);
    done.add(new Performed.Described(applied, account));
  }

  private void accounted(Bytes account) {
    appliedBytes = 0;
    accountBytes = account.length();
  }

  private void reply(RequestId request, Reply reply) {
    done.add(new Performed.Replied(request, reply));
  }

  private void restore(Snapshot snapshot) {
    machine.restore(snapshot.state());
    accounted(snapshot.state());
    applied = snapshot.last().index();
    done.add(new Performed.Restored(applied, snapshot.state().length()));
  }

  /// Performs what is left, and ends.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosing = true;
      hasWork.signal();
    } finally {
      lock.unlock();
    }
    Joining.join(thread);
  }
}
