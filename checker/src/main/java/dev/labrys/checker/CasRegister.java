package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A register that can also be written on condition of what it holds. It starts with nil.
record CasRegister() implements Model<Value> {
  @Override
  public String name() {
    return "cas-register";
  }

  @Override
  public Set<String> functions() {
    return Set.of("read", "write", "cas");
  }

  @Override
  public Value initial() {
    return Value.nil();
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (call.function()) {
      case "read" -> call.mayReturn(state) ? List.of(state) : List.of();
      case "write" -> List.of(call.input());
      case "cas" -> CompareAndSet.step(state, call);
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  @Override
  public boolean isReadOnly(Call call) {
    return switch (call.function()) {
      case "read" -> true;
      case "cas" -> CompareAndSet.isReadOnly(call);
      default -> false;
    };
  }

  @Override
  public Shape shape() {
    return new Shape.Cell(initial(), CasRegister::access);
  }

  private static Shape.Cell.Access access(Call call) {
    return switch (call.function()) {
      case "read" -> Register.read(call);
      case "write" -> new Shape.Cell.Write(call.input());
      case "cas" -> CompareAndSet.access(call);
      default -> new Shape.Cell.Other();
    };
  }
}
