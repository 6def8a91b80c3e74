package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which values a call leaves behind and which it shows to have been left, for the shapes in which
/// an operation whose traces nobody sees can be left out: if the history is linearizable with it,
/// it is without it.
///
/// @param left what can be seen of the call later
/// @param seen what the call saw of others
record Traces(List<Value> left, List<Value> seen) {
  private static final Traces NONE = new Traces(List.of(), List.of());

  /// The traces of a call, or null where leaving out unseen operations is not allowed.
  static @Nullable Traces of(Shape shape, Call call) {
    return switch (shape) {
      case Shape.Cell cell ->
          switch (cell.interpret().apply(call)) {
            case Shape.Cell.Read read -> sees(read.value());
            case Shape.Cell.Write write -> leaves(write.value());
            case Shape.Cell.Swap swap -> new Traces(List.of(swap.to()), List.of(swap.from()));
            case Shape.Cell.Nothing nothing -> NONE;
            case Shape.Cell.Other other -> null;
          };
      case Shape.Sequence sequence ->
          switch (sequence.interpret().apply(call)) {
            case Shape.Sequence.Insert insert -> leaves(insert.value());
            case Shape.Sequence.Remove remove -> sees(remove.value());
            case Shape.Sequence.Empty empty -> NONE;
            case Shape.Sequence.RemoveUnseen unseen -> null;
            case Shape.Sequence.Other other -> null;
          };
      case Shape.GrowOnlySet set ->
          switch (set.interpret().apply(call)) {
            case Shape.GrowOnlySet.Add add -> leaves(add.value());
            case Shape.GrowOnlySet.AddNew add -> leaves(add.value());
            case Shape.GrowOnlySet.ReadAll read ->
                new Traces(List.of(), List.copyOf(read.values()));
            case Shape.GrowOnlySet.Other other -> null;
          };
      case Shape.AppendOnlyLists lists -> ofSteps(lists.interpret().apply(call));
      case Shape.Opaque opaque -> null;
      case Shape.Counter counter -> null;
      case Shape.Distinct distinct -> null;
    };
  }

  private static Traces leaves(Value value) {
    return new Traces(List.of(value), List.of());
  }

  private static Traces sees(Value value) {
    return new Traces(List.of(), List.of(value));
  }

  private static @Nullable Traces ofSteps(List<Shape.AppendOnlyLists.Step> steps) {
    List<Value> left = new ArrayList<>();
    List<Value> seen = new ArrayList<>();
    for (Shape.AppendOnlyLists.Step step : steps) {
      switch (step) {
        case Shape.AppendOnlyLists.Append append ->
            left.add(Value.sequence(append.list(), append.value()));
        case Shape.AppendOnlyLists.ReadAll read ->
            read.values().forEach(value -> seen.add(Value.sequence(read.list(), value)));
        case Shape.AppendOnlyLists.Other other -> {
          return null;
        }
      }
    }
    return new Traces(left, seen);
  }

  /// `partition` without the optional operations whose traces nobody sees.
  static <S> Partition withoutUnseen(Partition partition, Model<S> model) {
    Shape shape = model.shape();
    List<Traces> traces = new ArrayList<>(partition.size());
    int[] deadlines = new int[partition.size()];
    for (int i = 0; i < partition.size(); i++) {
      Traces trace = of(shape, partition.call(i));
      if (trace == null) {
        return partition;
      }
      traces.add(trace);
      deadlines[i] = partition.returnAt(i);
    }
    leaveOutUnseen(partition, traces, deadlines);
    return partition.withDeadlines(deadlines, model);
  }

  /// Leaving one out may leave what it saw unseen, and so on: each value is looked at again when
  /// its last observer goes.
  private static void leaveOutUnseen(Partition partition, List<Traces> traces, int[] deadlines) {
    Map<Value, Integer> observers = new HashMap<>();
    Map<Value, List<Integer>> leavers = new HashMap<>();
    for (int i = 0; i < deadlines.length; i++) {
      for (Value value : traces.get(i).seen()) {
        observers.merge(value, 1, Integer::sum);
      }
      if (!partition.isRequired(i)) {
        for (Value value : traces.get(i).left()) {
          leavers.computeIfAbsent(value, none -> new ArrayList<>()).add(i);
        }
      }
    }
    ArrayDeque<Integer> suspects = new ArrayDeque<>();
    for (int i = 0; i < deadlines.length; i++) {
      if (!partition.isRequired(i)) {
        suspects.add(i);
      }
    }
    while (!suspects.isEmpty()) {
      int suspect = suspects.remove();
      Traces trace = traces.get(suspect);
      if (deadlines[suspect] < 0 || trace.left().stream().anyMatch(observers::containsKey)) {
        continue;
      }
      deadlines[suspect] = -1;
      for (Value value : trace.seen()) {
        if (observers.merge(value, -1, Integer::sum) == 0) {
          observers.remove(value);
          suspects.addAll(leavers.getOrDefault(value, List.of()));
        }
      }
    }
  }
}
