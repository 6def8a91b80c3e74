package dev.labrys.workload;

import dev.labrys.cluster.Timeline;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// A timeline that moves when it is told to.
final class PlannedTime implements Timeline {
  private final PriorityQueue<Planned> plans =
      new PriorityQueue<>(
          Comparator.comparingLong(Planned::timeNanos).thenComparingLong(Planned::number));

  private long nowNanos;
  private long planned;

  private record Planned(long timeNanos, long number, Runnable task) {}

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public void at(long timeNanos, Runnable task) {
    plans.add(new Planned(Math.max(nowNanos, timeNanos), planned++, task));
  }

  @Override
  public void perform(
      String lane, long patienceNanos, Deed deed, Consumer<Optional<Exception>> then) {
    throw new UnsupportedOperationException();
  }

  /// Does all that is planned up to `endNanos`.
  void runUntil(long endNanos) {
    while (!plans.isEmpty() && plans.peek().timeNanos() <= endNanos) {
      Planned next = plans.remove();
      nowNanos = next.timeNanos();
      next.task().run();
    }
    nowNanos = endNanos;
  }
}
