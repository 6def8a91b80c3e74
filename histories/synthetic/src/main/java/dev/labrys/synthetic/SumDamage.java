package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counters and banks that don't add up.
final class SumDamage {
  private SumDamage() {}

  static Optional<Damage.Change> lostUpdate(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    if (!onlyGrows(operations)) {
      return Optional.empty();
    }
    return Damage.anywhere(
        Damage.succeeded(operations, "read"),
        dice,
        read -> {
          List<Operation> certain =
              operations.stream()
                  .filter(add -> add.function().equals("add") && Damage.precedes(add, read))
                  .toList();
          long least = certain.stream().mapToLong(SumDamage::delta).sum();
          return Damage.anywhere(certain, dice, lost -> without(lost, read, least));
        });
  }

  private static Optional<Damage.Change> without(Operation lost, Operation read, long least) {
    if (delta(lost) == 0) {
      return Optional.empty();
    }
    long total = least - delta(lost);
    return Optional.of(
        new Damage.Change(
            Damage.answering(read, Value.of(total)),
            "lost update: %s now returns %d, as if it missed %s: the total was at least %d"
                .formatted(Damage.name(read), total, Damage.name(lost), least)));
  }

  static Optional<Damage.Change> wrongTotal(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    return Damage.anywhere(
        Damage.succeeded(operations, "read"),
        dice,
        read -> kind == ObjectKind.BANK ? wrongBalance(read) : tooMuch(read, operations));
  }

  private static Optional<Damage.Change> tooMuch(Operation read, List<Operation> operations) {
    long most =
        operations.stream()
            .filter(add -> add.function().equals("add") && add.mayHaveHappened())
            .filter(add -> add.callPosition() < read.returnPosition())
            .mapToLong(add -> Math.max(0, delta(add)))
            .sum();
    return Optional.of(
        new Damage.Change(
            Damage.answering(read, Value.of(most + 1)),
            "wrong total: %s now returns %d, though all additions called by then make %d"
                .formatted(Damage.name(read), most + 1, most)));
  }

  private static Optional<Damage.Change> wrongBalance(Operation read) {
    Map<Value, Value> balances = new LinkedHashMap<>(((Value.MapOf) read.output()).entries());
    for (Map.Entry<Value, Value> entry : balances.entrySet()) {
      if (entry.getValue() instanceof Value.Int(long balance)) {
        entry.setValue(Value.of(balance + 1));
        return Optional.of(
            new Damage.Change(
                Damage.answering(read, new Value.MapOf(balances)),
                "wrong total: %s now sees %d in account %s, so that there is one too much in all"
                    .formatted(Damage.name(read), balance + 1, entry.getKey())));
      }
    }
    return Optional.empty();
  }

  private static boolean onlyGrows(List<Operation> operations) {
    return operations.stream().allMatch(add -> !add.function().equals("add") || delta(add) >= 0);
  }

  private static long delta(Operation add) {
    return ((Value.Int) add.input()).number();
  }
}
