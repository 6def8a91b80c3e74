package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A way to change a valid history so that it certainly is not linearizable any more.
interface Damage {

  /// How many places are looked at before a history is said to have none.
  int MOST_TRIES = 1000;

  /// What to change.
  ///
  /// @param replacements what becomes of the operations with the same indices
  /// @param sentence what was changed, and why that can't be
  record Change(List<Operation> replacements, String sentence) {
    Change(Operation replacement, String sentence) {
      this(List.of(replacement), sentence);
    }
  }

  /// A change to `operations`, which are all those of one key in order of their calls, or none if
  /// there is no place for it.
  Optional<Change> find(ObjectKind kind, List<Operation> operations, Dice dice);

  /// Tries to do damage at one place.
  interface Attempt<T> {
    Optional<Change> at(T place);
  }

  /// The damage at some place out of `places`, in random order.
  static <T> Optional<Change> anywhere(List<T> places, Dice dice, Attempt<T> attempt) {
    List<T> shuffled = new ArrayList<>(places);
    dice.shuffle(shuffled);
    for (T place : shuffled.subList(0, Math.min(MOST_TRIES, shuffled.size()))) {
      Optional<Change> change = attempt.at(place);
      if (change.isPresent()) {
        return change;
      }
    }
    return Optional.empty();
  }

  /// The successful calls of one of `functions`.
  static List<Operation> succeeded(List<Operation> operations, String... functions) {
    List<String> wanted = List.of(functions);
    return operations.stream().filter(o -> o.isOk() && wanted.contains(o.function())).toList();
  }

  /// Whether `first` took effect before `second` in every linearization.
  static boolean precedes(Operation first, Operation second) {
    return first.isOk() && first.returnPosition() < second.callPosition();
  }

  static Operation answering(Operation operation, Value answer) {
    return with(operation, operation.input(), Outcome.ok(answer));
  }

  static Operation with(Operation operation, Value input, Outcome outcome) {
    return new Operation(
        operation.index(),
        operation.process(),
        operation.function(),
        operation.key(),
        input,
        outcome,
        operation.callTime(),
        operation.returnTime(),
        operation.callPosition(),
        operation.returnPosition());
  }

  /// How a sentence names an operation: `read by process 3 (operation 17)`.
  static String name(Operation operation) {
    return "%s by process %d (operation %d)"
        .formatted(operation.function(), operation.process(), operation.index());
  }
}
