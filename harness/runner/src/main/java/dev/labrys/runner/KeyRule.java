package dev.labrys.runner;

import dev.labrys.checker.Model;
import dev.labrys.history.History;
import dev.labrys.history.IllFormedHistoryException;
import dev.labrys.history.Keys;
import java.util.Set;

/// Where the key of an operation is found, as users say it: [Keys], or `auto`.
enum KeyRule {
  /// [Keys#TUPLE] if no operation has a key and the model is one of a store by key, else
  /// [Keys#FIELD].
  AUTO,
  FIELD,
  TUPLE,
  NONE;

  /// The models that are about keys by their very name, so that a history without keys must have
  /// them elsewhere.
  private static final Set<String> STORES_BY_KEY = Set.of("kv", "kv-append", "kv-string");

  /// The history with every key where checkers look for it.
  History apply(History history, Model<?> model) {
    try {
      return keys(history, model).applyTo(history);
    } catch (IllFormedHistoryException e) {
      throw CommandFailure.usage(
          "%s; --keys field or --keys none is for histories whose values are no tuples"
              .formatted(Diagnosis.messageOf(e)));
    }
  }

  private Keys keys(History history, Model<?> model) {
    return switch (this) {
      case AUTO -> mustHaveTuples(history, model) ? Keys.TUPLE : Keys.FIELD;
      case FIELD -> Keys.FIELD;
      case TUPLE -> Keys.TUPLE;
      case NONE -> Keys.NONE;
    };
  }

  private static boolean mustHaveTuples(History history, Model<?> model) {
    return model.isKeyed()
        && STORES_BY_KEY.contains(model.name())
        && history.operations().stream().allMatch(operation -> operation.key().isNil());
  }
}
