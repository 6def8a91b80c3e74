package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;

/// Reads what models expect from the arguments and answers of calls, and says what was expected if
/// it is not there.
final class Arguments {
  private Arguments() {}

  /// The complaint about a function that the model does not have.
  static IllegalArgumentException unknownFunction(Model<?> model, Call call) {
    return new IllegalArgumentException(
        "%s knows %s, but not %s"
            .formatted(
                model.name(),
                String.join(", ", model.functions().stream().sorted().toList()),
                call.function()));
  }

  /// The complaint about an argument that is not what `call` needs.
  static IllegalArgumentException badInput(Call call, String expected, Value found) {
    return new IllegalArgumentException(
        "%s needs %s, but found %s in %s".formatted(call.function(), expected, found, call));
  }

  /// The complaint about an answer that `call` can't have.
  static IllegalArgumentException badOutput(Call call, String expected, Value found) {
    return new IllegalArgumentException(
        "%s answers %s, but found %s in %s".formatted(call.function(), expected, found, call));
  }

  /// The two values of an argument `[first second]`.
  static List<Value> pair(Call call, String expected) {
    if (call.input() instanceof Value.Sequence(List<Value> items) && items.size() == 2) {
      return items;
    }
    throw badInput(call, expected, call.input());
  }

  /// The argument, which must be there.
  static Value present(Call call, String expected) {
    if (call.input().isNil()) {
      throw badInput(call, expected, call.input());
    }
    return call.input();
  }

  static long wholeInput(Call call, String expected) {
    if (call.input() instanceof Value.Int(long number)) {
      return number;
    }
    throw badInput(call, expected, call.input());
  }

  static long wholeOutput(Call call, String expected) {
    if (call.output() instanceof Value.Int(long number)) {
      return number;
    }
    throw badOutput(call, expected, call.output());
  }

  static String textInput(Call call, String expected) {
    if (call.input() instanceof Value.Text(String text)) {
      return text;
    }
    throw badInput(call, expected, call.input());
  }

  /// The list that `call` saw; nil is the list that nobody has begun.
  static List<Value> listOutput(Call call) {
    return list(call, call.output());
  }

  /// The list that `call` saw in `part` of its answer; nil is the list that nobody has begun.
  static List<Value> list(Call call, Value part) {
    return switch (part) {
      case Value.Nil nil -> List.of();
      case Value.Sequence(List<Value> items) -> items;
      default -> throw badOutput(call, "a list", part);
    };
  }

  /// Whether the client saw `truth` itself as the answer. Any other answer than a truth value says
  /// nothing.
  static boolean answers(Call call, boolean truth) {
    return call.isAnswered() && call.output() instanceof Value.Bool(boolean seen) && seen == truth;
  }
}
