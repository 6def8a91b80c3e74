package dev.labrys.checker;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// Porcupine's store of texts by key: an absent key holds the empty text.
record KeyString() implements Model<Value> {
  @Override
  public String name() {
    return "kv-string";
  }

  @Override
  public Set<String> functions() {
    return Set.of("get", "put", "append");
  }

  @Override
  public Value initial() {
    return Value.of("");
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (call.function()) {
      case "get" -> call.mayReturn(state) ? List.of(state) : List.of();
      case "put" -> List.of(Value.of(Arguments.textInput(call, "a text")));
      case "append" -> List.of(appended(state, Arguments.textInput(call, "a text")));
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static Value appended(Value state, String suffix) {
    return state instanceof Value.Text(String text) ? Value.of(text + suffix) : state;
  }

  @Override
  public boolean isReadOnly(Call call) {
    return switch (call.function()) {
      case "get" -> true;
      case "append" -> Arguments.textInput(call, "a text").isEmpty();
      default -> false;
    };
  }

  /// Texts only grow until the next put.
  @Override
  public boolean mayLeadTo(Value state, Call call) {
    return !call.function().equals("get")
        || !(call.outcome() instanceof Outcome.Ok(Value.Text(String seen)))
        || !(state instanceof Value.Text(String text))
        || seen.startsWith(text);
  }

  @Override
  public boolean isReset(Call call) {
    return call.function().equals("put");
  }

  @Override
  public Shape shape() {
    return new Shape.Cell(initial(), KeyString::access);
  }

  private static Shape.Cell.Access access(Call call) {
    return switch (call.function()) {
      case "get" -> Register.read(call);
      case "put" -> new Shape.Cell.Write(call.input());
      default -> new Shape.Cell.Other();
    };
  }
}
