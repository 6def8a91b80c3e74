package dev.labrys.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A thread that sleeps a little, over and over, and notes by how much that took too long: whatever
/// keeps it from running keeps other programs of this machine from running as well.
///
/// It takes about a thousandth of a processor.
public final class StallWatch implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long NOTABLE = 2 * MILLI;
  private static final long COUNT_AGAIN = 100 * MILLI;

  /// Smaller steps of the wall clock are the work of whoever keeps it right.
  private static final long CLOCK_STEP = 50 * MILLI;

  private static final int MOST_STALLS = 10_000;

  private final long napNanos;
  private final long startNanos = System.nanoTime();
  private final Lateness.Counter lateness = new Lateness.Counter();
  private final List<HostStall> stalls = new ArrayList<>();
  private final Thread thread;
  private volatile boolean isEnding;
  private Counters counters = Counters.read();
  private long countedNanos = startNanos;
  private long seenNanos = startNanos;

  private StallWatch(Duration nap) {
    this.napNanos = nap.toNanos();
    this.thread = Thread.ofPlatform().daemon().name("labrys-stall-watch").unstarted(this::watch);
  }

  /// Starts one that sleeps 1 ms at a time.
  public static StallWatch start() {
    return start(Duration.ofMillis(1));
  }

  /// Starts one that sleeps for `nap` at a time.
  public static StallWatch start(Duration nap) {
    StallWatch watch = new StallWatch(nap);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    long wall = System.currentTimeMillis();
    long before = System.nanoTime();
    while (!isEnding) {
      LockSupport.parkNanos(napNanos);
      long now = System.nanoTime();
      long wallNow = System.currentTimeMillis();
      note(before, now, (wallNow - wall) * MILLI);
      before = System.nanoTime();
      wall = System.currentTimeMillis();
    }
  }

  private synchronized void note(long before, long now, long wallNanos) {
    long late = Math.max(0, now - before - napNanos);
    lateness.add(late);
    seenNanos = now;
    boolean hasJumped = Math.abs(wallNanos - (now - before)) > CLOCK_STEP;
    if (hasJumped) {
      long jump = Math.max(late, wallNanos - (now - before));
      add(new HostStall(before + napNanos, jump, StallCause.CLOCK_JUMPED));
    } else if (late >= NOTABLE) {
      Counters after = Counters.read();
      add(new HostStall(before + napNanos, late, after.explain(counters, late)));
      count(after, now);
    }
    if (now - countedNanos > COUNT_AGAIN) {
      count(Counters.read(), now);
    }
  }

  private void count(Counters now, long nanos) {
    counters = now;
    countedNanos = nanos;
  }

  /// Forgets the shorter half of all stalls when there are too many.
  private void add(HostStall stall) {
    stalls.add(stall);
    if (stalls.size() > MOST_STALLS) {
      long middle =
          stalls.stream()
              .mapToLong(HostStall::nanos)
              .sorted()
              .skip(MOST_STALLS / 2)
              .findFirst()
              .orElseThrow();
      stalls.removeIf(each -> each.nanos() < middle);
    }
  }

  /// What was seen so far: until the end of the last sleep. Nobody knows yet how late the next is.
  public synchronized HostReport report() {
    return new HostReport(
        startNanos,
        seenNanos,
        lateness.soFar(),
        stalls.stream().sorted(Comparator.comparingLong(HostStall::startNanos)).toList(),
        Counters.blindSpots());
  }

  /// Ends the thread.
  @Override
  public void close() {
    isEnding = true;
    LockSupport.unpark(thread);
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
