package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A store of values by key. An absent key holds nil, so a delete is a write of nil.
record KeyValue() implements Model<Value> {
  @Override
  public String name() {
    return "kv";
  }

  @Override
  public Set<String> functions() {
    return Set.of("get", "read", "put", "write", "append", "delete", "cas");
  }

  @Override
  public Value initial() {
    return Value.nil();
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (call.function()) {
      case "get", "read" -> call.mayReturn(state) ? List.of(state) : List.of();
      case "put", "write" -> List.of(call.input());
      case "delete" -> List.of(Value.nil());
      case "cas" -> CompareAndSet.step(state, call);
      case "append" -> append(state, Arguments.textInput(call, "a text"));
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  /// A text can be appended to a text or to nothing; on any other value it can't have succeeded.
  private static List<Value> append(Value state, String suffix) {
    return switch (state) {
      case Value.Nil nil -> List.of(Value.of(suffix));
      case Value.Text(String text) -> List.of(Value.of(text + suffix));
      default -> List.of();
    };
  }

  @Override
  public boolean isReadOnly(Call call) {
    return switch (call.function()) {
      case "get", "read" -> true;
      case "cas" -> CompareAndSet.isReadOnly(call);
      default -> false;
    };
  }

  @Override
  public boolean isReset(Call call) {
    return switch (call.function()) {
      case "put", "write", "delete" -> true;
      default -> false;
    };
  }

  @Override
  public Shape shape() {
    return new Shape.Cell(initial(), KeyValue::access);
  }

  private static Shape.Cell.Access access(Call call) {
    return switch (call.function()) {
      case "get", "read" -> Register.read(call);
      case "put", "write" -> new Shape.Cell.Write(call.input());
      case "delete" -> new Shape.Cell.Write(Value.nil());
      case "cas" -> CompareAndSet.access(call);
      default -> new Shape.Cell.Other();
    };
  }
}
