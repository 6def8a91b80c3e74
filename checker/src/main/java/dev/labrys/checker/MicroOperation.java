package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// One of the steps of a transaction, which take effect together: `[:append k v]`, `[:w k v]`, or
/// `[:r k v]`, where `v` is what was read.
///
/// @param isRead whether it reads; otherwise it changes something
/// @param key the object
/// @param value what is written, or what was read
/// @param isSeen whether it is known what was read
record MicroOperation(boolean isRead, Value key, Value value, boolean isSeen) {

  /// The steps of the transaction `call`, in which `write` is what changes something. Taken from
  /// the answer if there is one, as only the answer says what was read.
  static List<MicroOperation> of(Call call, String write) {
    List<MicroOperation> asked = parse(call, call.input(), write, false);
    if (call.output().isNil()) {
      return asked;
    }
    List<MicroOperation> answered = parse(call, call.output(), write, true);
    boolean isSame = asked.size() == answered.size();
    for (int i = 0; isSame && i < asked.size(); i++) {
      isSame = answered.get(i).answers(asked.get(i));
    }
    if (!isSame) {
      throw Arguments.badOutput(call, "the steps it was asked", call.output());
    }
    return answered;
  }

  private boolean answers(MicroOperation asked) {
    return isRead == asked.isRead && key.equals(asked.key) && (isRead || value.equals(asked.value));
  }

  private static List<MicroOperation> parse(
      Call call, Value steps, String write, boolean isAnswer) {
    if (!(steps instanceof Value.Sequence(List<Value> items))) {
      throw bad(call, steps, write);
    }
    List<MicroOperation> parsed = new ArrayList<>(items.size());
    for (Value item : items) {
      if (!(item instanceof Value.Sequence(List<Value> parts)) || parts.size() != 3) {
        throw bad(call, item, write);
      }
      boolean isRead = isNamed(parts.get(0), "r");
      if (!isRead && !isNamed(parts.get(0), write)) {
        throw bad(call, item, write);
      }
      parsed.add(new MicroOperation(isRead, parts.get(1), parts.get(2), isRead && isAnswer));
    }
    return parsed;
  }

  /// Names of steps are the one place where a text is as good as a keyword: JSON has no keywords.
  private static boolean isNamed(Value found, String name) {
    return switch (found) {
      case Value.Keyword(String keyword) -> keyword.equals(name);
      case Value.Text(String text) -> text.equals(name);
      default -> false;
    };
  }

  private static IllegalArgumentException bad(Call call, Value found, String write) {
    return Arguments.badInput(
        call, "a list of steps [:r key nil] and [:%s key value]".formatted(write), found);
  }
}
