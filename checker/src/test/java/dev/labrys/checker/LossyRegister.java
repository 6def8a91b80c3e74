package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A register that may forget a write at once: an object that has a choice even where everything is
/// seen.
record LossyRegister() implements Model<Value> {
  @Override
  public String name() {
    return "lossy-register";
  }

  @Override
  public Set<String> functions() {
    return Set.of("read", "write");
  }

  @Override
  public Value initial() {
    return Value.nil();
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (call.function()) {
      case "read" -> call.mayReturn(state) ? List.of(state) : List.of();
      case "write" -> state.equals(call.input()) ? List.of(state) : List.of(call.input(), state);
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("read");
  }
}
