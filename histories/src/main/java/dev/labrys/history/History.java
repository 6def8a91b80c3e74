package dev.labrys.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What happened in a run: its operations in order of invocation, and all else on the same time
/// line. Immutable; built by [HistoryBuilder], which rejects what no run can produce.
///
/// @param operations every operation, failed ones included, ordered by call
/// @param annotations faults and notes, in journal order
public record History(List<Operation> operations, List<Event> annotations) {
  public History {
    operations = List.copyOf(operations);
    annotations = List.copyOf(annotations);
  }

  public History(List<Operation> operations) {
    this(operations, List.of());
  }

  public int size() {
    return operations.size();
  }

  /// The events this history was made from, in order: invocations, completions and annotations.
  ///
  /// Annotations carry no position. They go where the positions of the operations leave a gap, as
  /// they do in every history of a [HistoryBuilder], and else by their time.
  public List<Event> journal() {
    long[] places = places();
    List<Event> journal = new ArrayList<>(places.length + annotations.size());
    int annotation = 0;
    for (long place : places) {
      Event event = eventAt(place, journal.isEmpty() ? 0 : journal.getLast().time());
      while (annotation < annotations.size()
          && precedes(annotations.get(annotation), event, place >>> 32, journal.size())) {
        journal.add(annotations.get(annotation++));
      }
      journal.add(event);
    }
    journal.addAll(annotations.subList(annotation, annotations.size()));
    return List.copyOf(journal);
  }

  private static boolean precedes(Event annotation, Event event, long position, int next) {
    return annotation.time() < event.time()
        || (annotation.time() == event.time() && position > next);
  }

  /// Every invocation and completion in order, as `position << 32 | operation << 1 | isReturn`.
  private long[] places() {
    long[] places = new long[operations.size() * 2];
    int size = 0;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      places[size++] = (long) operation.callPosition() << 32 | (long) i << 1;
      if (operation.returnPosition() != Operation.NEVER
          || !(operation.outcome() instanceof Outcome.Unknown)) {
        places[size++] = (long) operation.returnPosition() << 32 | (long) i << 1 | 1;
      }
    }
    Arrays.sort(places, 0, size);
    return Arrays.copyOf(places, size);
  }

  private Event eventAt(long place, long timeBefore) {
    Operation operation = operations.get((int) (place >>> 1) & Integer.MAX_VALUE);
    if ((place & 1) != 0) {
      boolean isTimed = operation.returnTime() != Operation.NEVER_TIME;
      return new Event.Completed(
          operation.process(), operation.outcome(), isTimed ? operation.returnTime() : timeBefore);
    }
    return new Event.Invoked(
        operation.process(),
        operation.function(),
        operation.key(),
        operation.input(),
        operation.callTime());
  }
}
