package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import java.util.List;
import java.util.Optional;

/// Sources of ids, or of fencing tokens, that give one out twice.
final class IdentityDamage {
  private IdentityDamage() {}

  static Optional<Damage.Change> duplicateId(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    List<Operation> given = Damage.succeeded(operations, "generate", "acquire");
    return Damage.anywhere(given, dice, second -> repeated(dice.pick(given), second));
  }

  private static Optional<Damage.Change> repeated(Operation first, Operation second) {
    if (first.index() == second.index()) {
      return Optional.empty();
    }
    return Optional.of(
        new Damage.Change(
            Damage.answering(second, first.output()),
            "duplicate id: %s now returns %s like %s"
                .formatted(Damage.name(second), first.output(), Damage.name(first))));
  }
}
