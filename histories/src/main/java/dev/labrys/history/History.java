package dev.labrys.history;

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
}
