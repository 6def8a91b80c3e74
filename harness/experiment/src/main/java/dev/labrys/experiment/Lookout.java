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

  /// What is shorter is written down only if there was nothing longer.
  private static final long NOTABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Recorder recorder;
  private final long originNanos;
  private final StallWatch host = StallWatch.start();
  private final List<Thread> threads = new ArrayList<>();
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
    return lookout;
  }

  private void watch(NodeWatch watch, NodeId node) {
    while (!isOver) {
      watch.look(node);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Writes down when the machine stood still.
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
    HostReport report = host.report();
    report.stalls().stream().filter(stall -> stall.nanos() >= NOTABLE_NANOS).forEach(this::write);
    report.worst().filter(worst -> worst.nanos() < NOTABLE_NANOS).ifPresent(this::write);
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(HostStall stall) {
    long from = Math.max(0, stall.startNanos() - originNanos);
    Notes.stalled(recorder, new Notes.Note.Stalled(from, stall.nanos(), stall.cause().meaning()));
  }
}
