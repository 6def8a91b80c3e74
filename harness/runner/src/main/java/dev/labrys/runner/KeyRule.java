package dev.labrys.runner;

import dev.labrys.checker.Model;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where the key of an operation is found.
///
/// Some tools write the key in a field of its own, others as the first half of the value: a read of
/// key 3 that saw 7 is `[3 7]`.
enum KeyRule {
  /// [#TUPLE] if no operation has a key and the model is one of a store by key, else [#FIELD].
  AUTO,

  /// In its own field, as the file says.
  FIELD,

  /// The first half of a value `[key rest]`; every operation must have one.
  TUPLE,

  /// Nowhere: all operations are on one object.
  NONE;

  /// The models that are about keys by their very name, so that a history without keys must have
  /// them elsewhere.
  private static final Set<String> STORES_BY_KEY = Set.of("kv", "kv-append", "kv-string");

  /// The history with every key where checkers look for it.
  History apply(History history, Model<?> model) {
    return switch (this) {
      case FIELD -> history;
      case TUPLE -> lifted(history);
      case NONE -> withoutKeys(history);
      case AUTO -> mustHaveTuples(history, model) ? lifted(history) : history;
    };
  }

  private static boolean mustHaveTuples(History history, Model<?> model) {
    return model.isKeyed()
        && STORES_BY_KEY.contains(model.name())
        && history.operations().stream().allMatch(operation -> operation.key().isNil());
  }

  private static History withoutKeys(History history) {
    List<Operation> operations = new ArrayList<>(history.size());
    for (Operation operation : history.operations()) {
      operations.add(with(operation, Value.nil(), operation.input(), operation.outcome()));
    }
    return new History(operations, history.annotations());
  }

  private static History lifted(History history) {
    List<Operation> operations = new ArrayList<>(history.size());
    for (Operation operation : history.operations()) {
      Value.Sequence asked = tuple(operation, operation.input());
      Outcome outcome = operation.outcome();
      if (outcome instanceof Outcome.Ok(Value output) && !output.isNil()) {
        Value.Sequence answered = tuple(operation, output);
        if (!answered.item(0).equals(asked.item(0))) {
          throw CommandFailure.usage(
              "operation %d asks about the key %s but answers about %s"
                  .formatted(operation.index(), asked.item(0), answered.item(0)));
        }
        outcome = Outcome.ok(answered.item(1));
      }
      operations.add(with(operation, asked.item(0), asked.item(1), outcome));
    }
    return new History(operations, history.annotations());
  }

  private static Value.Sequence tuple(Operation operation, Value value) {
    if (value instanceof Value.Sequence tuple && tuple.size() == 2) {
      return tuple;
    }
    throw CommandFailure.usage(
        "operation %d (%s) has the value %s where a pair [key value] is needed; if the history is"
            .formatted(operation.index(), operation.function(), value)
            + " about one object only, say --keys none");
  }

  private static Operation with(Operation operation, Value key, Value input, Outcome outcome) {
    return new Operation(
        operation.index(),
        operation.process(),
        operation.function(),
        key,
        input,
        outcome,
        operation.callTime(),
        operation.returnTime(),
        operation.callPosition(),
        operation.returnPosition());
  }
}
