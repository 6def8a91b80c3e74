package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sets that lose an element.
final class SetDamage {
  private SetDamage() {}

  static Optional<Damage.Change> lostSetElement(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    return Damage.anywhere(
        Damage.succeeded(operations, "read"),
        dice,
        read ->
            Damage.anywhere(
                new ArrayList<>(((Value.SetOf) read.output()).items()),
                dice,
                element -> lost(element, read, operations)));
  }

  private static Optional<Damage.Change> lost(
      Value element, Operation read, List<Operation> operations) {
    Optional<Operation> added = Optional.empty();
    for (Operation operation : operations) {
      if (!operation.input().equals(element)) {
        continue;
      }
      if (operation.function().equals("add") && Damage.precedes(operation, read)) {
        added = Optional.of(operation);
      }
      boolean mayRemove = operation.function().equals("remove") && operation.mayHaveHappened();
      if (mayRemove && operation.callPosition() < read.returnPosition()) {
        return Optional.empty();
      }
    }
    Set<Value> rest = new LinkedHashSet<>(((Value.SetOf) read.output()).items());
    rest.remove(element);
    return added.map(add ->
        new Damage.Change(
            Damage.answering(read, new Value.SetOf(rest)),
            "lost set element: %s no longer sees %s, though %s had returned before"
                .formatted(Damage.name(read), element, Damage.name(add))));
  }
}
