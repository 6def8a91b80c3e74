package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A lock that one may hold at a time, whoever that is. It starts free.
///
/// An attempt that answers `false` says that it changed nothing: the lock was held already, or free
/// already.
record Mutex() implements Model<Value> {
  private static final Value FREE = Value.keyword("free");
  private static final Value HELD = Value.keyword("held");

  @Override
  public String name() {
    return "mutex";
  }

  @Override
  public Set<String> functions() {
    return Set.of("acquire", "release");
  }

  @Override
  public Value initial() {
    return FREE;
  }

  @Override
  public List<Value> step(Value state, Call call) {
    Value wanted = wanted(call);
    if (Arguments.answers(call, false)) {
      return state.equals(wanted) ? List.of(state) : List.of();
    }
    return state.equals(wanted) ? List.of() : List.of(wanted);
  }

  /// What the lock becomes if `call` succeeds.
  private Value wanted(Call call) {
    return switch (call.function()) {
      case "acquire" -> HELD;
      case "release" -> FREE;
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  @Override
  public boolean isReadOnly(Call call) {
    return Arguments.answers(call, false);
  }

  @Override
  public Shape shape() {
    return new Shape.Cell(FREE, this::access);
  }

  private Shape.Cell.Access access(Call call) {
    Value wanted = wanted(call);
    return Arguments.answers(call, false)
        ? new Shape.Cell.Read(wanted)
        : new Shape.Cell.Swap(wanted.equals(HELD) ? FREE : HELD, wanted);
  }

  @Override
  public String describe(Value state) {
    return state.equals(FREE) ? "free" : "held";
  }
}
