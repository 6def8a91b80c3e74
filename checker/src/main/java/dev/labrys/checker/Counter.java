package dev.labrys.checker;

import java.util.List;
import java.util.Set;

/// A sum that starts at zero. Like all sums of 64 bits it wraps around.
record Counter() implements Model<Long> {
  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Set<String> functions() {
    return Set.of("add", "increment", "decrement", "read");
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public List<Long> step(Long state, Call call) {
    return switch (call.function()) {
      case "add", "increment", "decrement" -> List.of(state + delta(call));
      case "read" -> isSeen(state, call) ? List.of(state) : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static boolean isSeen(long state, Call read) {
    return !read.isAnswered() || Arguments.wholeOutput(read, "a whole number") == state;
  }

  private static long delta(Call call) {
    boolean isOne = call.input().isNil() && !call.function().equals("add");
    long amount = isOne ? 1 : Arguments.wholeInput(call, "a whole number");
    return call.function().equals("decrement") ? -amount : amount;
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("read") || delta(call) == 0;
  }

  @Override
  public Shape shape() {
    return new Shape.Counter(Counter::access);
  }

  private static Shape.Counter.Access access(Call call) {
    return switch (call.function()) {
      case "add", "increment", "decrement" -> new Shape.Counter.Add(delta(call));
      case "read" ->
          call.isAnswered()
              ? new Shape.Counter.Read(Arguments.wholeOutput(call, "a whole number"))
              : new Shape.Counter.Other();
      default -> new Shape.Counter.Other();
    };
  }
}
