package dev.labrys.checker;

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

  /// A guess at what a call and its entry in the table weigh.
  private static final long BYTES_PER_CALL = 128;

  private final Model<S> model;
  private StateTable<S> table;
  private Call[] calls = new Call[64];
  private boolean[] isReadOnly = new boolean[64];
  private int callCount;
  private Map<Call, Integer> callNumbers = new HashMap<>();
  private int forgetsAbove = FORGETS_ABOVE;

  /// @param initial the states that the history may begin in
  LiveTransitions(Model<S> model, List<S> initial) {
    this.model = model;
    table = emptyTable(model);
    initial.forEach(table::number);
  }

  /// There is always the chance that a call still to come resets the state, so never is not now.
  private static <S> StateTable<S> emptyTable(Model<S> model) {
    return new StateTable<>(model, (state, call) -> true);
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

  S state(int number) {
    return table.state(number);
  }

  @Override
  public int initial() {
    return 0;
  }

  @Override
  public int next(int state, int callClass) {
    return table.next(state, callClass, calls[callClass]);
  }

  @Override
  public int[] choices(int next) {
    return table.choices(next);
  }

  @Override
  public String describe(int state) {
    return table.describe(state);
  }

  @Override
  public long bytes() {
    return table.bytes() + BYTES_PER_CALL * callCount;
  }

  /// Whether there may be enough to forget.
  boolean isLarge() {
    return table.size() + callCount > forgetsAbove;
  }

  /// Forgets all states and calls but those the frontier still holds, and renumbers these.
  void forget(Frontier frontier) {
    StateTable<S> old = table;
    Call[] oldCalls = calls;
    table = emptyTable(model);
    calls = new Call[64];
    isReadOnly = new boolean[64];
    callCount = 0;
    callNumbers = new HashMap<>();
    frontier.renumber(
        state -> table.number(old.state(state)), callClass -> numberOf(oldCalls[callClass]));
    forgetsAbove = FORGETS_ABOVE + 4 * (table.size() + callCount);
  }
}
