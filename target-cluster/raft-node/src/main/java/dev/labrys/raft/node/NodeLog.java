package dev.labrys.raft.node;

import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// What happens to a node, for machines to read: one JSON object a line.
///
/// Written by a thread of its own, so that nobody waits for who reads it; what does not fit into
/// the queue, or comes too often, is counted instead.
final class NodeLog implements AutoCloseable {
  private static final int QUEUE = 1_000;
  private static final int PER_SECOND = 20;
  private static final long SECOND = 1_000_000_000;
  private static final long PATIENCE_MILLIS = 1_000;
  private static final String END = "";

  private final PrintStream target;
  private final String node;
  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Map<String, Rate> rates = new HashMap<>();
  private final Thread writer;
  private volatile Standing standing = new Standing(0, "follower");

  /// What a line says about the node itself.
  private record Standing(long term, String role) {}

  /// How often an event has come lately.
  private static final class Rate {
    long secondNanos;
    int inSecond;
    long suppressed;
  }

  /// Writes to `target`, which stays open.
  NodeLog(PrintStream target, String node) {
    this.target = target;
    this.node = node;
    this.writer = Thread.ofPlatform().daemon().name(node + "-log").unstarted(this::write);
  }

  NodeLog start() {
    writer.start();
    return this;
  }

  /// Notes what the node is from now on.
  void stands(long term, String role) {
    standing = new Standing(term, role);
  }

  /// Begins a line about `event`.
  LogLine event(String event) {
    long nanos = System.nanoTime();
    Standing now = standing;
    return new LogLine(this, event)
        .with("time", Instant.now().toString())
        .with("nanos", nanos)
        .with("node", node)
        .with("term", now.term())
        .with("role", now.role())
        .with("event", event);
  }

  void write(String event, LogLine line) {
    synchronized (rates) {
      Rate rate = rates.computeIfAbsent(event, _ -> new Rate());
      long now = System.nanoTime();
      if (now - rate.secondNanos > SECOND) {
        rate.secondNanos = now;
        rate.inSecond = 0;
      }
      rate.inSecond++;
      if (rate.inSecond > PER_SECOND) {
        rate.suppressed++;
        return;
      }
      if (rate.suppressed > 0) {
        line.with("suppressed", rate.suppressed);
      }
      rate.suppressed = queue.offer(line.toString()) ? 0 : rate.suppressed + 1;
    }
  }

  private void write() {
    try {
      for (String line = queue.take(); !line.equals(END); line = queue.take()) {
        target.println(line);
        if (queue.isEmpty()) {
          target.flush();
        }
      }
      target.flush();
    } catch (InterruptedException _) {
      // Closed while whoever reads the log does not.
    }
  }

  /// Writes what waits, unless nobody reads it.
  @Override
  public void close() {
    boolean isInterrupted = Thread.interrupted();
    try {
      if (queue.offer(END, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        writer.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException _) {
      isInterrupted = true;
    }
    writer.interrupt();
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
