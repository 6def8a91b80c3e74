package dev.labrys.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Pairs the events of a journal into operations, and rejects journals that no run can produce
/// ([JournalRules]).
///
/// Not thread-safe: a history has one writer.
public final class HistoryBuilder {
  private static final int INITIAL_CAPACITY = 256;

  private final JournalRules rules;
  private final List<Event> annotations = new ArrayList<>();
  private Operation[] operations = new Operation[INITIAL_CAPACITY];
  private int size;
  private int position;

  public HistoryBuilder() {
    this("");
  }

  /// A history whose events come from a file or stream.
  ///
  /// @param source the name of the file or stream that the events come from, for messages
  public HistoryBuilder(String source) {
    rules = new JournalRules(source);
  }

  /// Adds the next event of the journal.
  ///
  /// @throws IllFormedHistoryException if no run can go on with it
  public HistoryBuilder add(Event event) {
    return add(event, position);
  }

  /// Adds the next event, which stands in `line` of the source.
  ///
  /// @throws IllFormedHistoryException if no run can go on with it
  public HistoryBuilder add(Event event, long line) {
    if (position == Operation.NEVER - 1) {
      throw new IllFormedHistoryException(rules.place(line) + ": more than 2^31 events");
    }
    switch (event) {
      case Event.Invoked invoked -> invoke(rules.admitInvocation(invoked, line));
      case Event.Completed completed -> complete(completed, rules.admitCompletion(completed, line));
      case Event.FaultStarted started -> {
        rules.admitFault(started, line);
        annotations.add(started);
      }
      case Event.FaultHealed healed -> {
        rules.admitHealing(healed, line);
        annotations.add(healed);
      }
      case Event.Note note -> {
        rules.admitTime(note, line);
        annotations.add(note);
      }
    }
    position++;
    return this;
  }

  private void invoke(JournalRules.Lane lane) {
    if (size == operations.length) {
      operations = Arrays.copyOf(operations, size * 2);
    }
    lane.index = size++;
    lane.callPosition = position;
  }

  private void complete(Event.Completed completed, JournalRules.Lane lane) {
    operations[lane.index] = operation(lane, completed.outcome(), completed.time(), position);
    lane.open = null;
  }

  private static Operation operation(
      JournalRules.Lane lane, Outcome outcome, long time, int position) {
    Event.Invoked invocation = Objects.requireNonNull(lane.open);
    return new Operation(
        lane.index,
        invocation.process(),
        invocation.function(),
        invocation.key(),
        invocation.input(),
        outcome,
        invocation.time(),
        time,
        lane.callPosition,
        position);
  }

  /// The history so far. Operations without a completion are of unknown outcome.
  public History build() {
    Operation[] all = Arrays.copyOf(operations, size);
    for (JournalRules.Lane lane : rules.lanes()) {
      if (lane.open != null) {
        all[lane.index] = operation(lane, Outcome.unknown(), Operation.NEVER_TIME, Operation.NEVER);
      }
    }
    return new History(List.of(all), annotations);
  }
}
