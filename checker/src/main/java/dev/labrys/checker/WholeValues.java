package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Leaves out all that was ever done with some values.
///
/// A queue or stack never tells one element from another, and a cell never what it held before:
/// leave out of a linearization every operation on some value, and the rest is one still. That
/// holds for values that no operation mixes with others, as a swap does. The values of the
/// operation that returned last are kept: its return completed the contradiction, so it belongs to
/// the story.
final class WholeValues {
  private final Partition partition;
  private final Map<Value, List<Integer>> operations = new LinkedHashMap<>();

  private WholeValues(Partition partition, Shape shape) {
    this.partition = partition;
    Set<Value> mixed = new HashSet<>();
    int last = lastReturning(partition);
    for (int i = 0; i < partition.size(); i++) {
      Traces traces = Traces.of(shape, partition.call(i));
      if (traces == null) {
        continue;
      }
      Set<Value> touched = new HashSet<>(traces.left());
      touched.addAll(traces.seen());
      if (touched.size() > 1 || i == last) {
        mixed.addAll(touched);
      }
      for (Value value : touched) {
        operations.computeIfAbsent(value, none -> new ArrayList<>()).add(i);
      }
    }
    operations.keySet().removeAll(mixed);
  }

  private static int lastReturning(Partition partition) {
    int last = -1;
    for (int i = 0; i < partition.size(); i++) {
      if (partition.isRequired(i)
          && (last < 0 || partition.returnAt(i) > partition.returnAt(last))) {
        last = i;
      }
    }
    return last;
  }

  /// What was done with the values of the named operations; the same where that is not allowed.
  static Partition only(Partition partition, PartitionChecker<?> checker, int[] named) {
    Shape shape = checker.shape();
    if (!isAllowed(partition, shape)) {
      return partition;
    }
    WholeValues values = new WholeValues(partition, shape);
    Set<Value> others = new HashSet<>(values.operations.keySet());
    for (int operation : named) {
      Traces traces = Traces.of(shape, partition.call(operation));
      if (traces != null) {
        traces.left().forEach(others::remove);
        traces.seen().forEach(others::remove);
      }
    }
    return values.without(others, checker.model());
  }

  /// A smaller partition for which `isContradictory` still holds, or the same.
  static Partition leaveOut(
      Partition contradictory, PartitionChecker<?> checker, Predicate<Partition> isContradictory) {
    Shape shape = checker.shape();
    if (!isAllowed(contradictory, shape)) {
      return contradictory;
    }
    Partition smallest = contradictory;
    WholeValues values = new WholeValues(contradictory, shape);
    List<Value> left = new ArrayList<>(values.operations.keySet());
    Set<Value> out = new HashSet<>();
    for (int chunk = Math.max(1, left.size() / 2); ; chunk /= 2) {
      for (int from = 0; from < left.size(); from += chunk) {
        Set<Value> more = new HashSet<>(out);
        more.addAll(left.subList(from, Math.min(left.size(), from + chunk)));
        if (more.size() > out.size()) {
          Partition candidate = values.without(more, checker.model());
          if (isContradictory.test(candidate)) {
            smallest = candidate;
            out = more;
          }
        }
      }
      left.removeAll(out);
      if (chunk == 1) {
        return smallest;
      }
    }
  }

  /// Whether no operation may depend on any value, as a cas does that did not match. Only a removal
  /// of unknown outcome may: if it took a value that is left out, it is left out itself.
  private static boolean isAllowed(Partition partition, Shape shape) {
    boolean isSequence = shape instanceof Shape.Sequence;
    if (!isSequence && !(shape instanceof Shape.Cell)) {
      return false;
    }
    for (int i = 0; i < partition.size(); i++) {
      boolean mayDepend = partition.isRequired(i) || !isSequence;
      if (mayDepend && Traces.of(shape, partition.call(i)) == null) {
        return false;
      }
    }
    return true;
  }

  private Partition without(Set<Value> values, Model<?> model) {
    int[] deadlines = new int[partition.size()];
    for (int i = 0; i < deadlines.length; i++) {
      deadlines[i] = partition.returnAt(i);
    }
    for (Value value : values) {
      operations.getOrDefault(value, List.of()).forEach(i -> deadlines[i] = -1);
    }
    return partition.withDeadlines(deadlines, model);
  }
}
