package dev.labrys.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The transitions of any model, each asked for once.
///
/// @param <S> the state of the model
final class ModelTransitions<S> implements Transitions {
  /// A guess at what a state and its entry in the table weigh.
  private static final int BYTES_PER_STATE = 128;

  private final Model<S> model;
  private final Call[] classes;
  private final List<S> states = new ArrayList<>();
  private final Map<S, Integer> ids = new HashMap<>();
  private final List<int[]> choices = new ArrayList<>();
  private final LongIntMap known = new LongIntMap();

  ModelTransitions(Model<S> model, Call[] classes) {
    this.model = model;
    this.classes = classes;
    id(model.initial());
  }

  @Override
  public int initial() {
    return 0;
  }

  @Override
  public int next(int state, int callClass) {
    long key = ((long) state << 32) | callClass;
    int next = known.get(key);
    if (next == LongIntMap.ABSENT) {
      next = compute(states.get(state), classes[callClass]);
      known.put(key, next);
    }
    return next;
  }

  private int compute(S state, Call call) {
    List<S> after = model.step(state, call);
    if (after.isEmpty()) {
      return model.mayLeadTo(state, call) ? NOT_NOW : NEVER;
    }
    if (after.size() == 1) {
      return id(after.get(0));
    }
    choices.add(after.stream().mapToInt(this::id).distinct().toArray());
    return NEVER - choices.size();
  }

  @Override
  public int[] choices(int next) {
    return choices.get(NEVER - next - 1);
  }

  private int id(S state) {
    Integer known = ids.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    states.add(state);
    return states.size() - 1;
  }

  @Override
  public String describe(int state) {
    return model.describe(states.get(state));
  }

  @Override
  public long bytes() {
    return known.bytes() + (long) BYTES_PER_STATE * states.size();
  }
}
