package dev.labrys.nemesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Writes down what a plan does, where nothing has to be seen for that.
final class PaperStage implements Stage {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong(Task::timeNanos).thenComparingLong(Task::number));
  private final List<Schedule.Entry> entries = new ArrayList<>();
  private long now;
  private long planned;

  private record Task(long timeNanos, long number, Runnable deed) {}

  /// All that is done.
  Schedule finish() {
    for (Task next = tasks.poll(); next != null; next = tasks.poll()) {
      now = next.timeNanos();
      next.deed().run();
    }
    return new Schedule(entries);
  }

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public void at(long timeNanos, Runnable task) {
    tasks.add(new Task(Math.max(now, timeNanos), planned++, task));
  }

  @Override
  public int begin(Fault fault) {
    entries.add(new Schedule.Entry(now, Schedule.NEVER, fault));
    return entries.size() - 1;
  }

  @Override
  public void end(int number) {
    Schedule.Entry begun = entries.get(number);
    long end = Math.max(now, begun.startNanos() + 1);
    entries.set(number, new Schedule.Entry(begun.startNanos(), end, begun.fault()));
  }

  @Override
  public Watch watch(Condition condition) {
    return (_, _) -> {
      throw new IllegalStateException("nothing is to be seen on paper, not even " + condition);
    };
  }

  @Override
  public void skip(Plan.Step step, String why) {
    throw Yaml.wrong(step.line(), why);
  }

  @Override
  public void over() {}
}
