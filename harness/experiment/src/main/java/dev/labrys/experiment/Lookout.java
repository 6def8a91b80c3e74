package dev.labrys.experiment;

import dev.labrys.cluster.NodeId;
import dev.labrys.history.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Watches nodes and the machine itself in real time, until it is closed.
final class Lookout implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long DOZE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// A machine that is later than this has stalled, as far as it matters to anybody.
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Recorder recorder;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isOver;

  private Lookout(Recorder recorder) {
    this.recorder = recorder;
  }

  static Lookout begin(NodeWatch watch, List<NodeId> nodes, Recorder recorder) {
    Lookout lookout = new Lookout(recorder);
    for (NodeId node : nodes) {
      lookout.threads.add(
          Thread.ofVirtual().name("watch " + node).start(() -> lookout.watch(watch, node)));
    }
    // A thread of the system, as the stalls of others must not be its own.
    lookout.threads.add(Thread.ofPlatform().daemon().name("watch host").start(lookout::watchHost));
    return lookout;
  }

  private void watch(NodeWatch watch, NodeId node) {
    while (!isOver) {
      watch.look(node);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void watchHost() {
    long before = System.nanoTime();
    while (!isOver) {
      LockSupport.parkNanos(DOZE_NANOS);
      long now = System.nanoTime();
      long late = now - before - DOZE_NANOS;
      if (late > STALL_NANOS) {
        Notes.stalled(recorder, late);
      }
      before = now;
    }
  }

  @Override
  public void close() {
    isOver = true;
    boolean isInterrupted = false;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (InterruptedException stop) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
