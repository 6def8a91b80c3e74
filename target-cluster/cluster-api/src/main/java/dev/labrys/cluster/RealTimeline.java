package dev.labrys.cluster;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The time of this machine, from when this was made.
///
/// Each lane is a thread of its own, so that what takes long for one node keeps no other waiting.
public final class RealTimeline implements Timeline, AutoCloseable {
  private static final long MOST_SECONDS_OF_LEAVE = 5;

  private final long originNanos;
  private final Consumer<Throwable> onBug;
  private final ScheduledThreadPoolExecutor clock;
  private final Map<String, ExecutorService> lanes = new ConcurrentHashMap<>();

  /// @param originNanos what [System#nanoTime] says at time 0
  /// @param onBug told what a task has thrown that should throw nothing
  public RealTimeline(long originNanos, Consumer<Throwable> onBug) {
    this.originNanos = originNanos;
    this.onBug = onBug;
    this.clock =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timeline").factory());
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nowNanos() {
    return System.nanoTime() - originNanos;
  }

  @Override
  public void at(long timeNanos, Runnable task) {
    schedule(timeNanos - nowNanos(), task);
  }

  private Optional<ScheduledFuture<?>> schedule(long delayNanos, Runnable task) {
    try {
      return Optional.of(clock.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closed) {
      return Optional.empty();
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      onBug.accept(bug);
    }
  }

  /// Patience counts from now, and so covers the wait for the lane: a lane that is stuck makes all
  /// fail that is given to it, and nobody wait for ever.
  @Override
  public void perform(
      String lane, long patienceNanos, Deed deed, Consumer<Optional<Exception>> then) {
    AtomicBoolean isTold = new AtomicBoolean();
    Consumer<Optional<Exception>> once =
        result -> {
          if (isTold.compareAndSet(false, true)) {
            schedule(0, () -> then.accept(result));
          }
        };
    ExecutorService worker = lanes.computeIfAbsent(lane, RealTimeline::worker);
    Future<?> work = worker.submit(() -> once.accept(attempt(deed)));
    schedule(
        patienceNanos,
        () -> {
          if (!work.isDone()) {
            work.cancel(true);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(patienceNanos);
            once.accept(
                Optional.of(new TimeoutException("not done after %d s".formatted(seconds))));
          }
        });
  }

  private static ExecutorService worker(String lane) {
    return Executors.newSingleThreadExecutor(Thread.ofVirtual().name(lane).factory());
  }

  private static Optional<Exception> attempt(Timeline.Deed deed) {
    try {
      deed.perform();
      return Optional.empty();
    } catch (IOException | RuntimeException failed) {
      return Optional.of(failed);
    }
  }

  /// Ends all of it: nothing planned happens any more, and nobody is told anything.
  @Override
  public void close() {
    clock.shutdownNow();
    lanes.values().forEach(ExecutorService::shutdownNow);
    try {
      for (ExecutorService lane : lanes.values()) {
        lane.awaitTermination(MOST_SECONDS_OF_LEAVE, TimeUnit.SECONDS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
