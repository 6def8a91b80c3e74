package dev.labrys.toxiproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// A thread that waits for many sockets, for times, and for what other threads want of it.
///
/// Everything of a proxy that moves bytes belongs to one such thread, so nothing there is locked,
/// and a change of toxics is one step between two others, whoever reads or does not read.
final class Loop implements AutoCloseable {
  /// Half a second-level cache: larger reads are faster up to here, as measured.
  static final int SCRATCH = 1 << 19;

  private static final long MILLI = 1_000_000;

  /// The longest sleep in which sockets are not watched: the selector knows only milliseconds.
  private static final long NAP = 50_000;

  private static final int MOST_STALE = 1_000;

  private final Selector selector;
  private final LongSupplier clock;
  private final long start;
  private final Thread thread;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isAsleep = new AtomicBoolean();
  private final PriorityQueue<Ring> rings =
      new PriorityQueue<>(Comparator.comparingLong(Ring::at).thenComparingLong(Ring::number));
  private long number;

  /// How many rings belong to alarms that were set anew or cancelled since.
  private int stale;

  private volatile boolean isClosed;

  /// A socket's owner, which is told when there is something to do.
  interface Watcher {
    /// Does what is possible now.
    ///
    /// @param operations those of [SelectionKey]
    void onReady(int operations);
  }

  /// A time at which an alarm was once set to go off.
  private record Ring(long at, long number, Alarm alarm) {

    boolean isStale() {
      return number != alarm.current;
    }
  }

  private Loop(String name, LongSupplier clock) throws IOException {
    this.selector = Selector.open();
    this.clock = clock;
    this.start = clock.getAsLong();
    this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
  }

  static Loop start(String name, LongSupplier clock) throws IOException {
    Loop loop = new Loop(name, clock);
    loop.thread.start();
    return loop;
  }

  /// Nanoseconds since this began; never negative.
  long now() {
    return clock.getAsLong() - start;
  }

  /// Memory to read into, empty; whoever uses it is done with it before somebody else runs.
  ByteBuffer scratch() {
    return scratch.clear();
  }

  /// Watches `channel`, at first for nothing.
  SelectionKey watch(SelectableChannel channel, Watcher watcher) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, 0, watcher);
  }

  Alarm alarm(Runnable action) {
    return new Alarm(action);
  }

  /// Lets `task` be run by the thread of this loop. For any thread.
  void execute(Runnable task) {
    tasks.add(task);
    if (isAsleep.get() && isAsleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /// Has `task` done by the thread of this loop, and waits for it. For any other thread.
  <T> T call(Callable<T> task) throws IOException {
    FutureTask<T> answer = new FutureTask<>(task);
    execute(answer);
    if (isClosed) {
      answer.cancel(false);
    }
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException _) {
          // Done in a moment: a change that is half made is worse than a late answer.
          wasInterrupted = true;
        }
      }
    } catch (CancellationException _) {
      throw new IOException("the server is being closed");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("a change of a proxy failed", failed.getCause());
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Has the operating system close what was closed here. Before, ports are still taken.
  void letGoOfClosed() throws IOException {
    selector.selectNow();
    selector.selectedKeys().clear();
  }

  private void run() {
    try {
      while (!isClosed) {
        sleep();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        ring();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException("the operating system does not watch sockets", broken);
    } finally {
      isClosed = true;
      end();
    }
  }

  private void sleep() throws IOException {
    long nanos = rings.isEmpty() ? Stage.NEVER : rings.element().at() - now();
    isAsleep.set(true);
    if (nanos <= 0 || !tasks.isEmpty() || isClosed) {
      selector.selectNow(Loop::dispatch);
    } else if (nanos >= MILLI) {
      selector.select(Loop::dispatch, nanos == Stage.NEVER ? 0 : nanos / MILLI);
    } else if (selector.selectNow(Loop::dispatch) == 0) {
      LockSupport.parkNanos(Math.min(nanos, NAP));
    }
    isAsleep.set(false);
  }

  private static void dispatch(SelectionKey key) {
    // What was dispatched before may have closed it.
    if (key.isValid()) {
      ((Watcher) key.attachment()).onReady(key.readyOps());
    }
  }

  private void ring() {
    if (rings.isEmpty()) {
      return;
    }
    long now = now();
    while (!rings.isEmpty() && rings.element().at() <= now) {
      Ring ring = rings.remove();
      if (ring.isStale()) {
        stale--;
      } else {
        ring.alarm().ring();
      }
    }
  }

  /// Forgets stale rings before they are most of what is kept.
  private void sweep() {
    if (stale > MOST_STALE && stale > rings.size() / 2) {
      rings.removeIf(Ring::isStale);
      stale = 0;
    }
  }

  private void end() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException _) {
      // All is closed that can be.
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      if (task instanceof FutureTask<?> answer) {
        answer.cancel(false);
      }
    }
  }

  /// Closes everything that is watched, and waits for the thread to end.
  @Override
  public void close() {
    isClosed = true;
    selector.wakeup();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does something at a time that may be changed.
  ///
  /// It goes off too early now and then, never too late: who sets it looks at the time.
  final class Alarm {
    private final Runnable action;
    private long at = Stage.NEVER;
    private long current;

    private Alarm(Runnable action) {
      this.action = action;
    }

    void set(long newAt) {
      if (newAt < at) {
        cancel();
        current = ++number;
        rings.add(new Ring(newAt, current, this));
        at = newAt;
      } else if (newAt == Stage.NEVER) {
        cancel();
      }
    }

    void cancel() {
      if (at != Stage.NEVER) {
        at = Stage.NEVER;
        current = 0;
        stale++;
        sweep();
      }
    }

    private void ring() {
      at = Stage.NEVER;
      current = 0;
      action.run();
    }
  }
}
