package dev.labrys.raft.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Waits for sockets, for tasks of other threads, and for a time: what a thread does that must
/// never wait for any one of them alone.
///
/// Everything but [#execute] belongs to that one thread.
final class Reactor implements AutoCloseable {
  private static final int SCRATCH = 1 << 18;

  /// How long a turn goes on reading from those who can wait.
  private static final long LONGEST_READING = 5_000_000;

  private static final long MILLI = 1_000_000;

  private final Selector selector;

  /// Memory that reads and writes go through, whichever the socket.
  final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);

  private final AtomicBoolean isAsleep = new AtomicBoolean();
  private final Handover<Runnable> tasks = new Handover<>();
  private final List<Connection> unflushed = new ArrayList<>();

  /// Those who have to wait for the next turn, which begins with them.
  private final Deque<Connection> deferred = new ArrayDeque<>();

  /// When the turn has read for long enough; 0 if it has not begun to read.
  private long readingEnds;

  private List<Runnable> taken = new ArrayList<>();

  /// A socket's owner, which is told when there is something to do.
  interface Watcher {
    void onReady(SelectionKey key);
  }

  Reactor() throws IOException {
    selector = Selector.open();
  }

  /// Lets `task` be run by the reactor's thread. For any thread.
  void execute(Runnable task) {
    tasks.put(task);
    if (isAsleep.get() && isAsleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  SelectionKey watch(SelectableChannel channel, int operations, Watcher watcher)
      throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, watcher);
  }

  /// Waits until there is something to do, but no longer than `nanos`, and does it.
  void turn(long nanos) {
    try {
      readingEnds = 0;
      if (nanos > 0 && deferred.isEmpty()) {
        sleep(nanos);
      } else {
        readDeferred();
        selector.selectNow(Reactor::dispatch);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException("the operating system does not watch sockets", broken);
    }
    taken = tasks.takeAll(taken);
    for (Runnable task : taken) {
      task.run();
    }
    taken.clear();
  }

  private void readDeferred() {
    for (int left = deferred.size(); left > 0 && !isLate(); left--) {
      deferred.remove().readDeferred();
    }
  }

  /// Whether this turn has read for so long that timers and other servers should come first.
  boolean isLate() {
    long now = System.nanoTime();
    if (readingEnds == 0) {
      readingEnds = now + LONGEST_READING;
    }
    return now - readingEnds > 0;
  }

  /// Has `connection` read from in the next turn.
  void defer(Connection connection) {
    deferred.add(connection);
  }

  private void sleep(long nanos) throws IOException {
    isAsleep.set(true);
    try {
      if (tasks.isEmpty()) {
        // Rounded up: who wakes a little early finds nothing to do, and looks again and again.
        selector.select(Reactor::dispatch, nanos >= Long.MAX_VALUE - MILLI ? 0 : nanos / MILLI + 1);
      } else {
        selector.selectNow(Reactor::dispatch);
      }
    } finally {
      isAsleep.set(false);
    }
  }

  private static void dispatch(SelectionKey key) {
    if (key.isValid()) {
      ((Watcher) key.attachment()).onReady(key);
    }
  }

  /// Has `connection` written to before the next wait.
  void flushLater(Connection connection) {
    unflushed.add(connection);
  }

  /// Writes what connections have waiting, as far as their sockets take it.
  void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException _) {
      // All is closed that can be.
    }
  }
}
