package dev.labrys.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What holds for every journal that a run can produce: time does not run backwards, a process has
/// at most one operation under way and completes only what it invoked, and only faults that have
/// started are healed.
///
/// For those who consume events as they come. [HistoryBuilder] and [Recorder] obey it already. Not
/// thread-safe.
public final class JournalRules {
  private final String source;
  private final ProcessTable<Lane> lanes = new ProcessTable<>();
  private final Map<Long, Long> lineOfOpenFault = new HashMap<>();
  private long lastTime = Long.MIN_VALUE;
  private long lastLine;

  /// What one process has under way, or had last.
  static final class Lane {
    Event.@Nullable Invoked open;
    int index;
    int callPosition;
    long callLine;
    long returnLine;
  }

  /// Rules for a new journal.
  ///
  /// @param source the name of the file or stream, for messages
  public JournalRules(String source) {
    this.source = source;
  }

  /// Accepts the next event, found in `line` of the source.
  ///
  /// @throws IllFormedHistoryException if it can't follow those before, naming the lines at odds
  public void admit(Event event, long line) {
    switch (event) {
      case Event.Invoked invoked -> admitInvocation(invoked, line);
      case Event.Completed completed -> admitCompletion(completed, line).open = null;
      case Event.FaultStarted started -> admitFault(started, line);
      case Event.FaultHealed healed -> admitHealing(healed, line);
      case Event.Note note -> admitTime(note, line);
    }
  }

  Lane admitInvocation(Event.Invoked invoked, long line) {
    admitTime(invoked, line);
    Lane lane = lanes.find(invoked.process());
    if (lane == null) {
      lane = new Lane();
      lanes.put(invoked.process(), lane);
    }
    Event.Invoked earlier = lane.open;
    if (earlier != null) {
      throw new IllFormedHistoryException(
          "%s: process %d invokes %s while its %s of %s is still open"
              .formatted(
                  place(line),
                  invoked.process(),
                  invoked.function(),
                  earlier.function(),
                  place(lane.callLine)));
    }
    lane.open = invoked;
    lane.callLine = line;
    return lane;
  }

  /// The lane still holds the operation that `completed` ends; the caller empties it.
  Lane admitCompletion(Event.Completed completed, long line) {
    admitTime(completed, line);
    Lane lane = lanes.find(completed.process());
    if (lane == null) {
      throw new IllFormedHistoryException(
          "%s: process %d completes an operation, but it never invoked one"
              .formatted(place(line), completed.process()));
    }
    if (lane.open == null) {
      throw new IllFormedHistoryException(
          "%s: process %d completes an operation, but its last one was completed at %s"
              .formatted(place(line), completed.process(), place(lane.returnLine)));
    }
    lane.returnLine = line;
    return lane;
  }

  void admitFault(Event.FaultStarted started, long line) {
    admitTime(started, line);
    Long earlier = lineOfOpenFault.putIfAbsent(started.id(), line);
    if (earlier != null) {
      throw new IllFormedHistoryException(
          "%s: fault %d starts, but the one of %s with that id is not healed"
              .formatted(place(line), started.id(), place(earlier)));
    }
  }

  void admitHealing(Event.FaultHealed healed, long line) {
    admitTime(healed, line);
    if (lineOfOpenFault.remove(healed.id()) == null) {
      throw new IllFormedHistoryException(
          "%s: heals fault %d, which is not open".formatted(place(line), healed.id()));
    }
  }

  void admitTime(Event event, long line) {
    if (event.time() < lastTime) {
      throw new IllFormedHistoryException(
          "%s: time runs backwards, %d ns after %d ns at %s"
              .formatted(place(line), event.time(), lastTime, place(lastLine)));
    }
    lastTime = event.time();
    lastLine = line;
  }

  /// Every process's lane, in no particular order.
  List<Lane> lanes() {
    return lanes.entries();
  }

  String place(long line) {
    return source.isEmpty() ? "event " + line : source + ":" + line;
  }
}
