package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A register holds one value, which is read and written as a whole. It starts with nil.
record Register() implements Model<Value> {
  @Override
  public String name() {
    return "register";
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
      case "write" -> List.of(call.input());
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("read");
  }

  @Override
  public Shape shape() {
    return new Shape.Cell(initial(), Register::access);
  }

  private static Shape.Cell.Access access(Call call) {
    return switch (call.function()) {
      case "read" -> read(call);
      case "write" -> new Shape.Cell.Write(call.input());
      default -> new Shape.Cell.Other();
    };
  }

  /// What a read does to a cell: nothing at all if nobody saw its answer.
  static Shape.Cell.Access read(Call call) {
    return call.isAnswered() ? new Shape.Cell.Read(call.output()) : new Shape.Cell.Nothing();
  }
}
