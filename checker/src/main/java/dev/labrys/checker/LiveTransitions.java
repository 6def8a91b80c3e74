package dev.labrys.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The transitions of a model while its history is still being made: calls become known one by one,
/// and what nobody can come back to is forgotten from time to time, so that memory does not grow
/// with the history.
///
/// @param <S> the state of the model
final class LiveTransitions<S> implements Transitions {
  private static final int FORGETS_ABOVE = 1 << 12;

  private final Model<S> model;
  private ArrayList<S> states = new ArrayList<>();
  private Map<S, Integer> stateNumbers = new HashMap<>();
  private Call[] calls = new Call[64];
  private boolean[] isReadOnly = new boolean[64];
  private int callCount;
  private Map<Call, Integer> callNumbers = new HashMap<>();
  private List<int[]> choices = new ArrayList<>();
  private LongIntMap known = new LongIntMap();
  private int forgetsAbove = FORGETS_ABOVE;

  LiveTransitions(Model<S> model) {
    this.model = model;
    number(model.initial());
  }

  int numberOf(Call call) {
    Integer known = callNumbers.putIfAbsent(call, callCount);
    if (known != null) {
      return known;
    }
    if (callCount == calls.length) {
      calls = Arrays.copyOf(calls, 2 * callCount);
      isReadOnly = Arrays.copyOf(isReadOnly, 2 * callCount);
    }
    calls[callCount] = call;
    isReadOnly[callCount] = model.isReadOnly(call);
    return callCount++;
  }

  boolean isReadOnly(int callClass) {
    return isReadOnly[callClass];
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
      next = compute(states.get(state), calls[callClass]);
      known.put(key, next);
    }
    return next;
  }

  /// There is always the chance that a call still to come resets the state, so never is not now.
  private int compute(S state, Call call) {
    List<S> after = model.step(state, call);
    if (after.isEmpty()) {
      return NOT_NOW;
    }
    if (after.size() == 1) {
      return number(after.get(0));
    }
    choices.add(after.stream().mapToInt(this::number).distinct().toArray());
    return NEVER - choices.size();
  }

  @Override
  public int[] choices(int next) {
    return choices.get(NEVER - next - 1);
  }

  private int number(S state) {
    Integer known = stateNumbers.putIfAbsent(state, states.size());
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
    return known.bytes() + 128L * (states.size() + callCount);
  }

  /// Whether there may be enough to forget.
  boolean isLarge() {
    return states.size() + callCount > forgetsAbove;
  }

  /// Forgets all states and calls but those the frontier still holds, and renumbers these.
  void forget(Frontier frontier) {
    List<S> oldStates = states;
    Call[] oldCalls = calls;
    states = new ArrayList<>();
    stateNumbers = new HashMap<>();
    calls = new Call[64];
    isReadOnly = new boolean[64];
    callCount = 0;
    callNumbers = new HashMap<>();
    choices = new ArrayList<>();
    known = new LongIntMap();
    frontier.renumber(
        state -> number(oldStates.get(state)), callClass -> numberOf(oldCalls[callClass]));
    forgetsAbove = FORGETS_ABOVE + 4 * (states.size() + callCount);
  }
}
