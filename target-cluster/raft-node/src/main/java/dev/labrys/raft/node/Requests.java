package dev.labrys.raft.node;

import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What the node has been asked and has not replied to.
///
/// Everybody is told something, once and before the deadline: if nothing else, that nobody can say
/// what became of it.
final class Requests implements Timed {
  private static final long GRAIN = 10_000_000;

  /// Of all that wait together.
  private static final long MOST_BYTES = Heap.part(4, 128 << 20);

  private final Shell shell;
  private final NodeOptions.Limits limits;
  private final Map<RequestId, Waiting> waiting = new LinkedHashMap<>();
  private long lastNumber;
  private long bytes;
  private long nextLook = Long.MAX_VALUE;
  private boolean isShut;
  private final List<Runnable> whenIdle = new ArrayList<>();

  private record Waiting(Ask ask, long deadlineNanos, Consumer<Reply> asker) {}

  Requests(Shell shell, NodeOptions.Limits limits) {
    this.shell = shell;
    this.limits = limits;
  }

  /// Asks.
  ///
  /// @param deadlineNanos until when a reply is of use
  /// @param asker told on this thread, perhaps before this returns
  void ask(Ask ask, long deadlineNanos, Consumer<Reply> asker) {
    if (isShut) {
      asker.accept(new Reply.Refused("stopping", "this server is being stopped"));
    } else if (deadlineNanos - System.nanoTime() <= 0) {
      asker.accept(new Reply.Refused("deadline", "its deadline had passed when it came"));
    } else if (waiting.size() >= limits.requests()
        || bytes + ask.bytes() > MOST_BYTES
        || shell.isBusy()) {
      asker.accept(Reply.BUSY);
    } else {
      enter(ask, deadlineNanos, asker);
    }
  }

  /// Asks, whatever waits already.
  void enter(Ask ask, long deadlineNanos, Consumer<Reply> asker) {
    lastNumber++;
    RequestId request = new RequestId(lastNumber);
    waiting.put(request, new Waiting(ask, deadlineNanos, asker));
    bytes += ask.bytes();
    nextLook = Math.min(nextLook, deadlineNanos);
    shell.ask(ask.toInput(request));
  }

  /// Passes `reply` on, if somebody still waits for it.
  void reply(RequestId request, Reply reply) {
    Waiting asked = waiting.remove(request);
    if (asked != null) {
      bytes -= asked.ask().bytes();
      asked.asker().accept(reply);
      tellIdle();
    }
  }

  /// Has `task` run as soon as nothing waits.
  void whenIdle(Runnable task) {
    whenIdle.add(task);
    tellIdle();
  }

  private void tellIdle() {
    if (waiting.isEmpty() && !whenIdle.isEmpty()) {
      whenIdle.forEach(Runnable::run);
      whenIdle.clear();
    }
  }

  int waiting() {
    return waiting.size();
  }

  /// Refuses everything from now on. What waits goes on waiting.
  void shut() {
    isShut = true;
  }

  /// Replies to all who wait that nobody can say.
  void abandon() {
    for (RequestId each : List.copyOf(waiting.keySet())) {
      reply(each, new Reply.Unknown("stopped", "this server ended before it was done"));
    }
  }

  @Override
  public long wakeNanos() {
    return nextLook;
  }

  /// Looks through all of them, but seldom: cheaper than to keep them in the order of their
  /// deadlines.
  @Override
  public void onTime(long now) {
    if (now < nextLook) {
      return;
    }
    long earliest = Long.MAX_VALUE;
    Map<RequestId, Reply> late = new LinkedHashMap<>();
    for (Map.Entry<RequestId, Waiting> each : waiting.entrySet()) {
      if (each.getValue().deadlineNanos() <= now) {
        late.put(each.getKey(), late(each.getValue()));
      } else {
        earliest = Math.min(earliest, each.getValue().deadlineNanos());
      }
    }
    nextLook = waiting.size() == late.size() ? Long.MAX_VALUE : Math.max(earliest, now + GRAIN);
    late.forEach(this::reply);
  }

  private static Reply late(Waiting asked) {
    String meaning = "its deadline passed before it was done";
    return asked.ask().isHarmless()
        ? new Reply.Refused("deadline", meaning, ServerId.NOBODY)
        : new Reply.Unknown("deadline", meaning);
  }
}
