package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A list that is appended to and read as a whole. It starts empty.
record AppendList(String name) implements Model<Chain> {
  @Override
  public Set<String> functions() {
    return Set.of("append", "read");
  }

  @Override
  public Chain initial() {
    return Chain.EMPTY;
  }

  @Override
  public List<Chain> step(Chain state, Call call) {
    return switch (call.function()) {
      case "append" -> List.of(state.with(call.input()));
      case "read" -> isSeen(state, call) ? List.of(state) : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static boolean isSeen(Chain state, Call read) {
    return !read.isAnswered() || state.holdsExactly(Arguments.listOutput(read));
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("read");
  }

  /// What is in the list stays in front for good.
  @Override
  public boolean mayLeadTo(Chain state, Call call) {
    return !call.isAnswered()
        || !call.function().equals("read")
        || state.isPrefixOf(Arguments.listOutput(call));
  }

  @Override
  public Shape shape() {
    return new Shape.AppendOnlyLists(AppendList::steps);
  }

  private static List<Shape.AppendOnlyLists.Step> steps(Call call) {
    return switch (call.function()) {
      case "append" -> List.of(new Shape.AppendOnlyLists.Append(Value.nil(), call.input()));
      case "read" ->
          call.isAnswered()
              ? List.of(new Shape.AppendOnlyLists.ReadAll(Value.nil(), Arguments.listOutput(call)))
              : List.of();
      default -> List.of(new Shape.AppendOnlyLists.Other());
    };
  }
}
