package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;

/// The function `cas [old new]` of registers: replaces `old` by `new`, if it is `old` that is held.
///
/// A cas that answers `false` says that something else was held. Any other answer says that it
/// replaced; one that found something else is expected to be recorded as failed.
final class CompareAndSet {
  private CompareAndSet() {}

  static List<Value> step(Value state, Call call) {
    List<Value> oldAndNew = oldAndNew(call);
    boolean matches = state.equals(oldAndNew.get(0));
    if (Arguments.answers(call, false)) {
      return matches ? List.of() : List.of(state);
    }
    return matches ? List.of(oldAndNew.get(1)) : List.of();
  }

  static boolean isReadOnly(Call call) {
    List<Value> oldAndNew = oldAndNew(call);
    return Arguments.answers(call, false) || oldAndNew.get(0).equals(oldAndNew.get(1));
  }

  static Shape.Cell.Access access(Call call) {
    List<Value> oldAndNew = oldAndNew(call);
    return Arguments.answers(call, false)
        ? new Shape.Cell.Other()
        : new Shape.Cell.Swap(oldAndNew.get(0), oldAndNew.get(1));
  }

  private static List<Value> oldAndNew(Call call) {
    return Arguments.pair(call, "[old new]");
  }
}
