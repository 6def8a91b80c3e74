package dev.labrys.history;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One operation map of a Jepsen history, as it was written: an invocation, a completion, or what a
/// nemesis did.
final class JepsenOp {
  /// The [#index] of an operation that was written without.
  static final long NO_INDEX = -1;

  final long line;
  final long column;
  @Nullable Value process;
  @Nullable String type;
  @Nullable String function;
  @Nullable Value time;
  @Nullable Value fault;
  @Nullable Value healed;
  Value key = Value.nil();
  Value value = Value.nil();
  long index = NO_INDEX;
  private @Nullable Map<Value, Value> extras;

  JepsenOp(long line, long column) {
    this.line = line;
    this.column = column;
  }

  /// Keeps an entry that the model of a history does not know; false if there is one of that name.
  boolean addExtra(Value name, Value extra) {
    if (extras == null) {
      extras = new LinkedHashMap<>();
    }
    return extras.put(name, extra) == null;
  }

  Value.MapOf extras() {
    return extras == null ? Value.MapOf.empty() : new Value.MapOf(extras);
  }
}
