package dev.labrys.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pairs the events of a journal into operations, and rejects journals that no run can produce: a
/// completion without invocation, two operations of one process under way, time running backwards.
///
/// Not thread-safe: a history has one writer.
public final class HistoryBuilder {
  private final List<@Nullable Operation> operations = new ArrayList<>();
  private final List<Event> annotations = new ArrayList<>();
  private final Map<Integer, Pending> pending = new HashMap<>();
  private int position;
  private long lastTime = Long.MIN_VALUE;
  private String lastPlace = "";

  private record Pending(int index, int position, String place, Event.Invoked invocation) {}

  /// Adds the next event of the journal.
  public HistoryBuilder add(Event event) {
    return add(event, "event " + position);
  }

  /// Adds the next event; `place` names it in error messages, for example `line 17`.
  public HistoryBuilder add(Event event, String place) {
    if (position == Operation.NEVER - 1) {
      throw new IllFormedHistoryException(place + ": more than 2^31 events");
    }
    if (event.time() < lastTime) {
      throw new IllFormedHistoryException(
          "%s: time runs backwards, %d ns after %d ns at %s"
              .formatted(place, event.time(), lastTime, lastPlace));
    }
    lastTime = event.time();
    lastPlace = place;
    switch (event) {
      case Event.Invoked invoked -> invoke(invoked, place);
      case Event.Completed completed -> complete(completed, place);
      case Event.FaultStarted started -> annotations.add(started);
      case Event.FaultHealed healed -> annotations.add(healed);
      case Event.Note note -> annotations.add(note);
    }
    position++;
    return this;
  }

  private void invoke(Event.Invoked invoked, String place) {
    Pending open = new Pending(operations.size(), position, place, invoked);
    Pending earlier = pending.putIfAbsent(invoked.process(), open);
    if (earlier != null) {
      throw new IllFormedHistoryException(
          "%s: process %d invokes %s while its %s of %s is still open"
              .formatted(
                  place,
                  invoked.process(),
                  invoked.function(),
                  earlier.invocation().function(),
                  earlier.place()));
    }
    operations.add(null);
  }

  private void complete(Event.Completed completed, String place) {
    Pending open = pending.remove(completed.process());
    if (open == null) {
      throw new IllFormedHistoryException(
          "%s: process %d completes an operation it never invoked"
              .formatted(place, completed.process()));
    }
    operations.set(
        open.index(), operation(open, completed.outcome(), completed.time(), position));
  }

  private static Operation operation(Pending open, Outcome outcome, long time, int position) {
    Event.Invoked invocation = open.invocation();
    return new Operation(
        open.index(),
        invocation.process(),
        invocation.function(),
        invocation.key(),
        invocation.input(),
        outcome,
        invocation.time(),
        time,
        open.position(),
        position);
  }

  /// The history so far. Operations without a completion are of unknown outcome.
  public History build() {
    List<Operation> all = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      if (operation != null) {
        all.add(operation);
      }
    }
    for (Pending open : pending.values()) {
      all.add(operation(open, Outcome.unknown(), Operation.NEVER_TIME, Operation.NEVER));
    }
    all.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return new History(all, annotations);
  }
}
