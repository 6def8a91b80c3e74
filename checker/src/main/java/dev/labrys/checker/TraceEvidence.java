package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The evidence in the history itself: a value that only one operation leaves, and that somebody
/// saw, was left before that somebody returned. So an optional operation that left it is a required
/// one.
final class TraceEvidence {
  private static final int NONE = -1;

  private final Partition partition;
  private final @Nullable Traces[] traces;

  /// Per value: the only operation that leaves it, or NONE if there are several.
  private final Map<Value, Integer> leaver = new HashMap<>();

  /// Per value: of the required operations that saw it, the first to return.
  private final Map<Value, Integer> witness = new HashMap<>();

  private final Set<Value> initial = new HashSet<>();

  private TraceEvidence(Partition partition, @Nullable Traces[] traces, Shape shape) {
    this.partition = partition;
    this.traces = traces;
    if (shape instanceof Shape.Cell cell) {
      initial.add(cell.initial());
    }
  }

  /// The evidence in a partition; null where the shape knows none.
  static @Nullable TraceEvidence of(Partition partition, Shape shape) {
    Traces[] traces = new Traces[partition.size()];
    for (int i = 0; i < traces.length; i++) {
      Traces trace = Traces.of(shape, partition.call(i));
      if (trace == null) {
        return null;
      }
      traces[i] = trace;
    }
    TraceEvidence evidence = new TraceEvidence(partition, traces, shape);
    for (int i = 0; i < traces.length; i++) {
      evidence.note(i, traces[i]);
    }
    return evidence;
  }

  private void note(int operation, Traces trace) {
    for (Value value : trace.left()) {
      leaver.merge(value, operation, (one, other) -> NONE);
    }
    if (partition.isRequired(operation)) {
      for (Value value : trace.seen()) {
        witness.merge(
            value,
            operation,
            (one, other) -> partition.returnAt(one) <= partition.returnAt(other) ? one : other);
      }
    }
  }

  /// Who proves that `operation` took effect: the first to return, or NONE.
  private int witnessOf(int operation) {
    Traces trace = traces[operation];
    int first = NONE;
    if (trace == null || partition.isRequired(operation)) {
      return first;
    }
    for (Value value : trace.left()) {
      int seenBy = witness.getOrDefault(value, NONE);
      boolean isProof =
          seenBy != NONE
              && leaver.getOrDefault(value, NONE) == operation
              && !initial.contains(value)
              && partition.returnAt(seenBy) > partition.callAt(operation);
      if (isProof && (first == NONE || partition.returnAt(seenBy) < partition.returnAt(first))) {
        first = seenBy;
      }
    }
    return first;
  }

  /// The returns of the partition, with those of proven operations.
  int[] deadlines() {
    int[] deadlines = new int[partition.size()];
    for (int i = 0; i < deadlines.length; i++) {
      int proof = witnessOf(i);
      deadlines[i] = partition.returnAt(proof == NONE ? i : proof);
    }
    return deadlines;
  }

  /// How one knows that `operation` took effect; empty if one does not.
  String because(int operation) {
    int proof = witnessOf(operation);
    if (proof == NONE) {
      return "";
    }
    Operation seenBy = partition.operation(proof);
    return "took effect: operation %d saw what only it leaves".formatted(seenBy.index());
  }
}
