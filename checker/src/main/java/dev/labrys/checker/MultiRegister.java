package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Registers by key, which start with nil, and transactions that write some and read some, all at
/// once: as steps (`txn [[:w x 1] [:r y nil]]`) or as maps (`write {x 1}`, `read` → `{y 2}`).
record MultiRegister() implements Model<ValueMap<Value>> {
  @Override
  public String name() {
    return "multi-register";
  }

  @Override
  public Set<String> functions() {
    return Set.of("txn", "read", "write");
  }

  @Override
  public boolean isKeyed() {
    return false;
  }

  @Override
  public ValueMap<Value> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Value>> step(ValueMap<Value> state, Call call) {
    ValueMap<Value> after = state;
    for (MicroOperation step : steps(call)) {
      if (!step.isRead()) {
        after = written(after, step.key(), step.value());
      } else if (step.isSeen() && !after.find(step.key(), Value.nil()).equals(step.value())) {
        return List.of();
      }
    }
    return List.of(after);
  }

  /// A register that holds nil is left out, as nobody can tell it from one never written.
  private static ValueMap<Value> written(ValueMap<Value> state, Value key, Value value) {
    return value.isNil() ? state.without(key) : state.with(key, value);
  }

  private List<MicroOperation> steps(Call call) {
    return switch (call.function()) {
      case "txn" -> MicroOperation.of(call, "w");
      case "write" -> steps(call, call.input(), false);
      case "read" -> call.isAnswered() ? steps(call, call.output(), true) : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static List<MicroOperation> steps(Call call, Value registers, boolean isRead) {
    if (!(registers instanceof Value.MapOf(Map<Value, Value> entries))) {
      String expected = "a map from registers to values";
      throw isRead
          ? Arguments.badOutput(call, expected, registers)
          : Arguments.badInput(call, expected, registers);
    }
    List<MicroOperation> steps = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> steps.add(new MicroOperation(isRead, key, value, isRead)));
    return steps;
  }

  @Override
  public boolean isReadOnly(Call call) {
    for (MicroOperation step : steps(call)) {
      if (!step.isRead()) {
        return false;
      }
    }
    return true;
  }
}
