package dev.labrys.raft.calls;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Datum;
import java.util.List;
import java.util.Optional;

/// The words of an action as the store has them, and those of the store as histories have them.
record Words(Action action) {

  /// What the store calls the object of the action.
  String name() {
    return name(action.model(), action.key());
  }

  /// What the store calls the object `key` of a model.
  static String name(String model, Value key) {
    return key.isNil() ? model : model + "/" + key;
  }

  Datum datum() {
    return datum(action.input());
  }

  /// A part of the argument.
  Datum datum(int place) {
    if (action.input() instanceof Value.Sequence several && several.size() > place) {
      return datum(several.item(place));
    }
    throw wrong("several values");
  }

  static Datum datum(Value value) {
    if (value.isNil()) {
      return Datum.nothing();
    }
    return switch (value) {
      case Value.Int(long number) -> Datum.of(number);
      case Value.Text(String text) -> Datum.of(text);
      default ->
          throw new IllegalArgumentException(
              "the store keeps whole numbers and texts, not " + value);
    };
  }

  Datum.Text text() {
    if (action.input() instanceof Value.Text(String text)) {
      return Datum.of(text);
    }
    throw wrong("a text");
  }

  long whole() {
    if (action.input() instanceof Value.Int(long number)) {
      return number;
    }
    throw wrong("a whole number");
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "%s of a %s wants %s, not %s"
            .formatted(action.function(), action.model(), expected, action.input()));
  }

  UnsupportedOperationException unknown() {
    return new UnsupportedOperationException(
        "a %s of the store has no function %s".formatted(action.model(), action.function()));
  }

  static Value value(Datum datum) {
    return switch (datum) {
      case Datum.Nothing _ -> Value.nil();
      case Datum.Whole(long number) -> Value.of(number);
      case Datum.Text text -> Value.of(text.text());
    };
  }

  /// The answer as it is; empty if the store refused.
  static Optional<Value> plain(Answer answer) {
    return switch (answer) {
      case Answer.Done _ -> Optional.of(Value.nil());
      case Answer.Found(Datum datum) -> Optional.of(value(datum));
      case Answer.Truth(boolean isSo) -> Optional.of(Value.of(isSo));
      case Answer.Items(List<Datum> items) ->
          Optional.of(new Value.Sequence(items.stream().map(Words::value).toList()));
      case Answer.Each _ ->
          throw new IllegalArgumentException("one answer was expected, not several: " + answer);
      case Answer.Refused _ -> Optional.empty();
    };
  }
}
