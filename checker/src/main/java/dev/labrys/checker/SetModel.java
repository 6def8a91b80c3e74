package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A set, which is asked for single elements or read as a whole. It starts empty.
///
/// Where an `add` or `remove` answers with a truth value, it says whether it changed something; any
/// other answer says nothing.
record SetModel() implements Model<ValueMap<Boolean>> {
  @Override
  public String name() {
    return "set";
  }

  @Override
  public Set<String> functions() {
    return Set.of("add", "remove", "contains", "read");
  }

  @Override
  public ValueMap<Boolean> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Boolean>> step(ValueMap<Boolean> state, Call call) {
    return isAllowed(state, call) ? List.of(after(state, call)) : List.of();
  }

  private boolean isAllowed(ValueMap<Boolean> state, Call call) {
    boolean contains = state.contains(call.input());
    return switch (call.function()) {
      case "add" -> !Arguments.answers(call, contains);
      case "remove" -> !Arguments.answers(call, !contains);
      case "contains" -> !call.isAnswered() || seenMembership(call) == contains;
      case "read" -> !call.isAnswered() || holdsExactly(state, seenElements(call));
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static ValueMap<Boolean> after(ValueMap<Boolean> state, Call call) {
    return switch (call.function()) {
      case "add" -> state.contains(call.input()) ? state : state.with(call.input(), true);
      case "remove" -> state.without(call.input());
      default -> state;
    };
  }

  private static boolean seenMembership(Call call) {
    if (call.output() instanceof Value.Bool(boolean truth)) {
      return truth;
    }
    throw Arguments.badOutput(call, "true or false", call.output());
  }

  /// What a read saw, as a list: one that saw an element twice did not see a set.
  private static Seen seenElements(Call call) {
    return switch (call.output()) {
      case Value.SetOf(Set<Value> items) -> new Seen(items, items.size());
      case Value.Sequence(List<Value> items) -> new Seen(new HashSet<>(items), items.size());
      case Value.Nil nil -> new Seen(Set.of(), 0);
      default -> throw Arguments.badOutput(call, "a set or a list", call.output());
    };
  }

  /// @param elements what was seen
  /// @param mentions how many elements were listed, repeated ones included
  private record Seen(Set<Value> elements, int mentions) {
    boolean isSet() {
      return elements.size() == mentions;
    }
  }

  private static boolean holdsExactly(ValueMap<Boolean> state, Seen seen) {
    if (!seen.isSet() || state.size() != seen.elements().size()) {
      return false;
    }
    for (Value element : seen.elements()) {
      if (!state.contains(element)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isReadOnly(Call call) {
    return switch (call.function()) {
      case "contains", "read" -> true;
      default -> Arguments.answers(call, false);
    };
  }

  @Override
  public Shape shape() {
    return new Shape.GrowOnlySet(SetModel::access);
  }

  private static Shape.GrowOnlySet.Access access(Call call) {
    if (call.function().equals("add") && !Arguments.answers(call, false)) {
      return Arguments.answers(call, true)
          ? new Shape.GrowOnlySet.AddNew(call.input())
          : new Shape.GrowOnlySet.Add(call.input());
    }
    if (call.function().equals("read") && call.isAnswered()) {
      Seen seen = seenElements(call);
      return seen.isSet()
          ? new Shape.GrowOnlySet.ReadAll(seen.elements())
          : new Shape.GrowOnlySet.Other();
    }
    return new Shape.GrowOnlySet.Other();
  }

  @Override
  public String describe(ValueMap<Boolean> state) {
    String inside = state.sorted().keySet().toString();
    return "#{" + inside.substring(1, inside.length() - 1) + "}";
  }
}
