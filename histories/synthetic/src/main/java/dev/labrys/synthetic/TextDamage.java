package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Optional;

/// Texts that forget what was appended.
final class TextDamage {
  private TextDamage() {}

  static Optional<Damage.Change> lostUpdate(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    List<Operation> puts =
        operations.stream()
            .filter(put -> put.function().equals("put") && put.mayHaveHappened())
            .toList();
    List<Operation> appends = Damage.succeeded(operations, "append");
    return Damage.anywhere(
        Damage.succeeded(operations, "get"),
        dice,
        get -> Damage.anywhere(appends, dice, append -> lost(append, get, puts)));
  }

  private static Optional<Damage.Change> lost(
      Operation append, Operation get, List<Operation> puts) {
    String seen = ((Value.Text) get.output()).text();
    String piece = ((Value.Text) append.input()).text();
    int place = seen.indexOf(piece);
    if (place < 0 || piece.isEmpty() || !isCertain(append, get, puts)) {
      return Optional.empty();
    }
    String rest = seen.substring(0, place) + seen.substring(place + piece.length());
    if (rest.contains(piece)) {
      return Optional.empty();
    }
    return Optional.of(
        new Damage.Change(
            Damage.answering(get, Value.of(rest)),
            "lost update: %s no longer sees \"%s\", though %s had returned before"
                .formatted(Damage.name(get), piece, Damage.name(append))));
  }

  /// Whether the append took effect before the get, and no put can be between the two.
  private static boolean isCertain(Operation append, Operation get, List<Operation> puts) {
    return Damage.precedes(append, get)
        && puts.stream()
            .filter(put -> put.callPosition() < get.returnPosition())
            .allMatch(put -> Damage.precedes(put, append));
  }
}
