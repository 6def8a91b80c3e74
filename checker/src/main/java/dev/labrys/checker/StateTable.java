package dev.labrys.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/// The states of a model by number, and where calls lead from them, each asked for once.
///
/// @param <S> the state of the model
final class StateTable<S> {
  /// A guess at what a state and its entries weigh.
  private static final int BYTES_PER_STATE = 128;

  private final Model<S> model;
  private final BiPredicate<S, Call> mayComeLater;
  private final List<S> states = new ArrayList<>();
  private final Map<S, Integer> numbers = new HashMap<>();
  private final List<int[]> choices = new ArrayList<>();
  private final LongIntMap known = new LongIntMap();

  /// @param mayComeLater whether a call that can't come next in a state may do so after others
  StateTable(Model<S> model, BiPredicate<S, Call> mayComeLater) {
    this.model = model;
    this.mayComeLater = mayComeLater;
  }

  int number(S state) {
    Integer known = numbers.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    states.add(state);
    return states.size() - 1;
  }

  S state(int number) {
    return states.get(number);
  }

  int size() {
    return states.size();
  }

  /// As [Transitions#next].
  int next(int state, int callClass, Call call) {
    long key = ((long) state << 32) | callClass;
    int next = known.get(key);
    if (next == LongIntMap.ABSENT) {
      next = compute(states.get(state), call);
      known.put(key, next);
    }
    return next;
  }

  private int compute(S state, Call call) {
    List<S> after = model.step(state, call);
    if (after.isEmpty()) {
      return mayComeLater.test(state, call) ? Transitions.NOT_NOW : Transitions.NEVER;
    }
    if (after.size() == 1) {
      return number(after.get(0));
    }
    choices.add(after.stream().mapToInt(this::number).distinct().toArray());
    return Transitions.NEVER - choices.size();
  }

  /// As [Transitions#choices].
  int[] choices(int next) {
    return choices.get(Transitions.NEVER - next - 1);
  }

  String describe(int state) {
    return model.describe(states.get(state));
  }

  long bytes() {
    return known.bytes() + (long) BYTES_PER_STATE * states.size();
  }
}
