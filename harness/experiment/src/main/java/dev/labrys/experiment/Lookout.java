package dev.labrys.experiment;

import dev.labrys.cluster.NodeId;
import dev.labrys.history.Recorder;
import dev.labrys.host.HostReport;
import dev.labrys.host.HostStall;
import dev.labrys.host.StallWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Watches nodes and the machine itself in real time, until it is closed.
final class Lookout implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// What is shorter is not written down one by one.
  private static final long NOTABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Recorder recorder;
  private final long originNanos;
  private final StallWatch host = StallWatch.start();
  private final List<Thread> threads = new ArrayList<>();
  private long toldNanos = host.report().fromNanos();
  private volatile boolean isOver;

  private Lookout(Recorder recorder, long originNanos) {
    this.recorder = recorder;
    this.originNanos = originNanos;
  }

  /// @param originNanos what [System#nanoTime] was at the start of the run
  static Lookout begin(NodeWatch watch, List<NodeId> nodes, Recorder recorder, long originNanos) {
    Lookout lookout = new Lookout(recorder, originNanos);
    for (NodeId node : nodes) {
      lookout.threads.add(
          Thread.ofVirtual().name("watch " + node).start(() -> lookout.watch(watch, node)));
    }
    lookout.threads.add(Thread.ofVirtual().name("watch host").start(lookout::watchHost));
    return lookout;
  }

  private void watch(NodeWatch watch, NodeId node) {
    while (!isOver) {
      watch.look(node);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// A runner that is killed can't say at its end how the machine was.
  private void watchHost() {
    while (!isOver) {
      LockSupport.parkNanos(TELL_NANOS);
      tell(host.report());
    }
  }

  /// Ends, and writes down the last of what was seen.
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
    host.close();
    tell(host.report());
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes down when the machine stood still since the last time, and that it was watched.
  private void tell(HostReport report) {
    report.stalls().stream()
        .filter(stall -> stall.startNanos() - toldNanos >= 0 && stall.nanos() >= NOTABLE_NANOS)
        .forEach(this::write);
    toldNanos = report.toNanos();
    Notes.watched(
        recorder,
        new Notes.Note.Watched(
            Math.max(0, toldNanos - originNanos), report.lateness().longestNanos()));
  }

  private void write(HostStall stall) {
    long from = Math.max(0, stall.startNanos() - originNanos);
    Notes.stalled(recorder, new Notes.Note.Stalled(from, stall.nanos(), stall.cause().meaning()));
  }
}
