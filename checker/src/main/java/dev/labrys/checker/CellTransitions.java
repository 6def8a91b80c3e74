package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The transitions of a [Shape.Cell]: states are the values, by number, and a call is what it
/// observes and what it leaves. No table is needed.
final class CellTransitions implements Transitions {
  static final int NOTHING = -1;

  private final List<Value> values = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();

  /// For each call class, the value it needs and the value it leaves, or [#NOTHING].
  final int[] observes;

  final int[] leaves;

  private CellTransitions(Shape.Cell shape, int classes) {
    number(shape.initial());
    observes = new int[classes];
    leaves = new int[classes];
  }

  /// Absent if some call does what a cell does not.
  static @Nullable CellTransitions of(Shape.Cell shape, Call[] classes) {
    CellTransitions transitions = new CellTransitions(shape, classes.length);
    for (int i = 0; i < classes.length; i++) {
      transitions.observes[i] = NOTHING;
      transitions.leaves[i] = NOTHING;
      switch (shape.interpret().apply(classes[i])) {
        case Shape.Cell.Read read -> transitions.observes[i] = transitions.number(read.value());
        case Shape.Cell.Write write -> transitions.leaves[i] = transitions.number(write.value());
        case Shape.Cell.Swap swap -> {
          transitions.observes[i] = transitions.number(swap.from());
          transitions.leaves[i] = transitions.number(swap.to());
        }
        case Shape.Cell.Nothing nothing -> {}
        case Shape.Cell.Other other -> {
          return null;
        }
      }
    }
    return transitions;
  }

  private int number(Value value) {
    Integer known = numbers.putIfAbsent(value, values.size());
    if (known != null) {
      return known;
    }
    values.add(value);
    return values.size() - 1;
  }

  int values() {
    return values.size();
  }

  @Override
  public int initial() {
    return 0;
  }

  @Override
  public int next(int state, int callClass) {
    int needed = observes[callClass];
    if (needed != NOTHING && needed != state) {
      return NOT_NOW;
    }
    int left = leaves[callClass];
    return left == NOTHING ? state : left;
  }

  @Override
  public int[] choices(int next) {
    throw new IllegalStateException("a cell has no choice, not even " + next);
  }

  @Override
  public String describe(int state) {
    return values.get(state).toString();
  }

  @Override
  public long bytes() {
    return 64L * values.size() + 8L * observes.length;
  }
}
