package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A stack gives out the element that it took in last. It starts empty.
record Stack() implements Model<Chain> {
  @Override
  public String name() {
    return "stack";
  }

  @Override
  public Set<String> functions() {
    return Set.of("push", "pop");
  }

  @Override
  public Chain initial() {
    return Chain.EMPTY;
  }

  @Override
  public List<Chain> step(Chain state, Call call) {
    return switch (call.function()) {
      case "push" -> List.of(state.with(Arguments.present(call, "an element")));
      case "pop" -> pop(state, call);
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static List<Chain> pop(Chain state, Call call) {
    if (state.isEmpty()) {
      return call.mayReturn(Value.nil()) ? List.of(state) : List.of();
    }
    return call.mayReturn(state.last()) ? List.of(state.withoutLast()) : List.of();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("pop") && Removal.isFutile(call);
  }

  @Override
  public Shape shape() {
    return new Shape.Sequence(Shape.Sequence.Order.LAST_IN_FIRST_OUT, Stack::access);
  }

  private static Shape.Sequence.Access access(Call call) {
    return switch (call.function()) {
      case "push" -> new Shape.Sequence.Insert(call.input());
      case "pop" -> Removal.access(call);
      default -> new Shape.Sequence.Other();
    };
  }
}
