package dev.labrys.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where an operation says which object it is about.
public enum Keys {
  /// In a field of its own: `key` in jsonl, `:key` in EDN.
  FIELD,

  /// In its value, as Jepsen's *independent* workloads do: the argument is `[key argument]`, the
  /// answer `[key answer]`.
  TUPLE,

  /// Nowhere, there is only one object. What a field says is a remark, no key.
  NONE;

  private static final Value KEY = Value.keyword("key");

  /// The same history, with the key of each operation where [Operation#key] says it is.
  ///
  /// @throws IllFormedHistoryException if these are [#TUPLE]s and an operation has none
  public History applyTo(History history) {
    if (this == FIELD) {
      return history;
    }
    List<Operation> operations = new ArrayList<>(history.size());
    for (Operation operation : history.operations()) {
      operations.add(this == TUPLE ? lifted(operation) : withKey(operation, Value.nil()));
    }
    return new History(operations, history.annotations());
  }

  private static Operation lifted(Operation operation) {
    String place =
        "operation %d (process %d, %s)"
            .formatted(operation.index(), operation.process(), operation.function());
    requireNoKey(operation.key(), place);
    Value.Sequence pair = pair(operation.input(), place);
    Outcome outcome =
        operation.outcome() instanceof Outcome.Ok(Value output)
            ? Outcome.ok(answer(output, pair.item(0), place))
            : operation.outcome();
    return new Operation(
        operation.index(),
        operation.process(),
        operation.function(),
        pair.item(0),
        pair.item(1),
        outcome,
        operation.callTime(),
        operation.returnTime(),
        operation.callPosition(),
        operation.returnPosition());
  }

  private static Operation withKey(Operation operation, Value key) {
    return new Operation(
        operation.index(),
        operation.process(),
        operation.function(),
        key,
        operation.input(),
        operation.outcome(),
        operation.callTime(),
        operation.returnTime(),
        operation.callPosition(),
        operation.returnPosition());
  }

  /// The same event, with its key where [Event.Invoked#key] says it is.
  ///
  /// @param open the keys of the operations under way, kept here from call to call
  Event applyTo(Event event, ProcessTable<Value> open, String place) {
    return switch (this) {
      case FIELD -> event;
      case TUPLE -> lifted(event, open, place);
      case NONE -> withoutKey(event);
    };
  }

  private static Event lifted(Event event, ProcessTable<Value> open, String place) {
    if (event instanceof Event.Invoked invoked) {
      requireNoKey(invoked.key(), place);
      Value.Sequence pair = pair(invoked.input(), place);
      open.put(invoked.process(), pair.item(0));
      return new Event.Invoked(
          invoked.process(),
          invoked.function(),
          pair.item(0),
          pair.item(1),
          invoked.time(),
          invoked.extras());
    }
    if (event instanceof Event.Completed completed
        && completed.outcome() instanceof Outcome.Ok(Value output)) {
      Value key = open.find(completed.process());
      return key == null
          ? event
          : new Event.Completed(
              completed.process(),
              Outcome.ok(answer(output, key, place)),
              completed.time(),
              completed.extras());
    }
    return event;
  }

  private static Event withoutKey(Event event) {
    if (!(event instanceof Event.Invoked invoked) || invoked.key().isNil()) {
      return event;
    }
    Map<Value, Value> extras = new LinkedHashMap<>(invoked.extras().entries());
    extras.putIfAbsent(KEY, invoked.key());
    return new Event.Invoked(
        invoked.process(),
        invoked.function(),
        Value.nil(),
        invoked.input(),
        invoked.time(),
        new Value.MapOf(extras));
  }

  private static void requireNoKey(Value key, String place) {
    if (!key.isNil()) {
      throw new IllFormedHistoryException(
          "%s: has the key %s in a field of its own, so its value is no [key value] pair"
              .formatted(place, key));
    }
  }

  private static Value.Sequence pair(Value value, String place) {
    if (value instanceof Value.Sequence pair && pair.size() == 2) {
      return pair;
    }
    throw new IllFormedHistoryException(
        "%s: expected a pair [key value], not %s".formatted(place, value));
  }

  /// A client that answers nothing need not repeat the key.
  private static Value answer(Value output, Value key, String place) {
    if (output.isNil()) {
      return output;
    }
    Value.Sequence pair = pair(output, place);
    if (!pair.item(0).equals(key)) {
      throw new IllFormedHistoryException(
          "%s: answers for the key %s, but was asked for %s".formatted(place, pair.item(0), key));
    }
    return pair.item(1);
  }
}
