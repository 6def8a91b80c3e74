package dev.labrys.toxiproxy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// Messages under way: each leaves at its time, and some wait to be overtaken first.
final class Transit {
  /// What a message costs beyond its bytes.
  private static final int OVERHEAD = 128;

  private static final Comparator<Sent> ORDER =
      Comparator.comparingLong((Sent sent) -> sent.due).thenComparingLong(sent -> sent.number);

  private final PriorityQueue<Sent> timed = new PriorityQueue<>(ORDER);

  /// Those that wait to be overtaken, until their time at the latest.
  private final List<Sent> slow = new ArrayList<>();

  private long numbers;
  private long held;
  private long lastLeft;

  /// Whether there will be others that can overtake.
  enum Others {
    COME,
    NONE
  }

  private static final class Sent {
    final Chunk chunk;
    final long number;
    final long earliest;
    long due;
    long overtakers;

    Sent(Chunk chunk, long number, long earliest, long due, long overtakers) {
      this.chunk = chunk;
      this.number = number;
      this.earliest = earliest;
      this.due = due;
      this.overtakers = overtakers;
    }
  }

  /// What it costs in memory.
  long held() {
    return held;
  }

  boolean isEmpty() {
    return timed.isEmpty() && slow.isEmpty();
  }

  /// When the last one should have left.
  long lastLeft() {
    return lastLeft;
  }

  /// Has a message leave at `due`, or never.
  void add(Chunk chunk, long due) {
    timed.add(new Sent(chunk, numbers++, due, due, 0));
    held += chunk.size() + OVERHEAD;
  }

  /// Has a message leave when `overtakers` others have, but not before `earliest`, or at `latest`.
  void addSlow(Chunk chunk, long earliest, long latest, long overtakers) {
    slow.add(new Sent(chunk, numbers++, earliest, latest, overtakers));
    held += chunk.size() + OVERHEAD;
  }

  /// Lets those leave whose time has come, as far as there is room.
  ///
  /// @return when to call again, or [Stage#NEVER]
  long release(Outlet out, long nowNanos, Others others) {
    hasten(nowNanos);
    pour(out, nowNanos);
    if (others == Others.NONE && timed.isEmpty()) {
      slow.forEach(each -> each.due = each.earliest);
      timed.addAll(slow);
      slow.clear();
      pour(out, nowNanos);
    }
    long wake = timed.isEmpty() ? Stage.NEVER : timed.element().due;
    if (wake <= nowNanos) {
      // There is no room, and as soon as there is, somebody calls.
      wake = Stage.NEVER;
    }
    for (Sent each : slow) {
      wake = Math.min(wake, each.due);
    }
    return wake;
  }

  private void pour(Outlet out, long nowNanos) {
    for (Sent next = timed.peek(); next != null; next = timed.peek()) {
      if (next.due > nowNanos || out.isFull()) {
        return;
      }
      leave(timed.remove(), out);
      letOvertake(next);
    }
  }

  private void leave(Sent sent, Outlet out) {
    held -= sent.chunk.size() + OVERHEAD;
    lastLeft = Math.max(lastLeft, sent.due);
    out.put(sent.chunk.at(sent.due));
  }

  /// Those that have waited long enough don't wait for others any more.
  private void hasten(long nowNanos) {
    slow.removeIf(each -> {
      boolean isOver = each.due <= nowNanos;
      if (isOver) {
        timed.add(each);
      }
      return isOver;
    });
  }

  private void letOvertake(Sent passing) {
    slow.removeIf(each -> {
      boolean isOver = each.number < passing.number && --each.overtakers == 0;
      if (isOver) {
        each.due = Math.max(each.earliest, passing.due);
        timed.add(each);
      }
      return isOver;
    });
  }

  /// Lets all leave at once, in the order in which they came, whether there is room or not.
  void letAllGo(Outlet out, long nowNanos) {
    Stream.concat(timed.stream(), slow.stream())
        .sorted(Comparator.comparingLong(each -> each.number))
        .forEach(each -> {
          each.due = Math.min(each.due, nowNanos);
          leave(each, out);
        });
    timed.clear();
    slow.clear();
  }
}
