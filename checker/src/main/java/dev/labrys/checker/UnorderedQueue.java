package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A queue that gives out elements in any order, each as often as it took it in. It starts empty.
///
/// The object has a choice here: a dequeue that nobody saw may have taken any element.
record UnorderedQueue() implements Model<ValueMap<Integer>> {
  @Override
  public String name() {
    return "unordered-queue";
  }

  @Override
  public Set<String> functions() {
    return Set.of("enqueue", "dequeue");
  }

  @Override
  public ValueMap<Integer> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Integer>> step(ValueMap<Integer> state, Call call) {
    return switch (call.function()) {
      case "enqueue" -> List.of(enqueued(state, Arguments.present(call, "an element")));
      case "dequeue" -> dequeue(state, call);
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static ValueMap<Integer> enqueued(ValueMap<Integer> state, Value value) {
    return state.with(value, state.find(value, 0) + 1);
  }

  private static List<ValueMap<Integer>> dequeue(ValueMap<Integer> state, Call call) {
    if (state.isEmpty()) {
      return call.mayReturn(Value.nil()) ? List.of(state) : List.of();
    }
    if (call.isAnswered()) {
      return state.contains(call.output()) ? List.of(dequeued(state, call.output())) : List.of();
    }
    List<ValueMap<Integer>> choices = new ArrayList<>(state.size());
    state.forEach((value, count) -> choices.add(dequeued(state, value)));
    return choices;
  }

  private static ValueMap<Integer> dequeued(ValueMap<Integer> state, Value value) {
    int count = state.find(value, 0);
    return count == 1 ? state.without(value) : state.with(value, count - 1);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("dequeue") && Removal.isFutile(call);
  }

  @Override
  public String describe(ValueMap<Integer> state) {
    List<Value> elements = new ArrayList<>();
    state
        .sorted()
        .forEach((value, count) -> {
          for (int i = 0; i < count; i++) {
            elements.add(value);
          }
        });
    return elements.toString();
  }
}
