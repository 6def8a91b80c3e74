package dev.labrys.checker;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Short words for sequences of calls, for tests of what models allow.
final class Steps {
  static final Object NIL = Value.nil();

  private Steps() {}

  /// A call that answered nil.
  static Call call(String function, Object... input) {
    return new Call(
        function, input.length == 0 ? Value.nil() : value(input[0]), Outcome.ok(Value.nil()));
  }

  static Call answered(String function, Object answer) {
    return new Call(function, Value.nil(), Outcome.ok(value(answer)));
  }

  static Call answered(String function, Object input, Object answer) {
    return new Call(function, value(input), Outcome.ok(value(answer)));
  }

  static Call unanswered(String function, Object... input) {
    return new Call(function, input.length == 0 ? Value.nil() : value(input[0]), Outcome.unknown());
  }

  /// Whether the object allows these calls one after another, whatever it chooses.
  static boolean allows(Model<?> model, Call... calls) {
    return !statesAfter(model, calls).isEmpty();
  }

  static boolean allows(String model, Call... calls) {
    return allows(Models.named(model), calls);
  }

  /// What the object may have become, as people are shown it.
  static Set<String> after(String model, Call... calls) {
    return described(Models.named(model), calls);
  }

  private static <S> Set<String> described(Model<S> model, Call... calls) {
    Set<String> described = new LinkedHashSet<>();
    statesAfter(model, calls).forEach(state -> described.add(model.describe(state)));
    return described;
  }

  private static <S> Set<S> statesAfter(Model<S> model, Call... calls) {
    Set<S> states = Set.of(model.initial());
    for (Call call : calls) {
      Set<S> next = new LinkedHashSet<>();
      states.forEach(state -> next.addAll(model.step(state, call)));
      states = next;
    }
    return states;
  }

  static List<Object> list(Object... items) {
    return List.of(items);
  }

  /// The steps of a transaction, three words each.
  static List<Object> threes(Object... words) {
    List<Object> steps = new ArrayList<>();
    for (int i = 0; i < words.length; i += 3) {
      steps.add(List.of(words[i], words[i + 1], words[i + 2]));
    }
    return steps;
  }

  /// A value from numbers, texts (keywords if they begin with a colon), truths, lists and maps.
  static Value value(Object object) {
    return switch (object) {
      case Value value -> value;
      case Integer number -> Value.of(number);
      case Boolean truth -> Value.of(truth);
      case String text when text.startsWith(":") -> Value.keyword(text.substring(1));
      case String text -> Value.of(text);
      case List<?> items -> new Value.Sequence(values(items));
      case Set<?> items -> Value.set(values(items));
      case Map<?, ?> entries -> map(entries);
      default -> throw new IllegalArgumentException("not a value: " + object);
    };
  }

  private static List<Value> values(Iterable<?> items) {
    List<Value> values = new ArrayList<>();
    items.forEach(item -> values.add(value(item)));
    return values;
  }

  private static Value map(Map<?, ?> entries) {
    Map<Value, Value> values = new LinkedHashMap<>();
    entries.forEach((key, value) -> values.put(value(key), value(value)));
    return new Value.MapOf(values);
  }
}
