package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.synthetic.RegisterAccess.Read;
import dev.labrys.synthetic.RegisterAccess.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Registers that show an old value, or one too new, or are won twice.
final class RegisterDamage {
  /// How many overwritten values are considered for one read.
  private static final int MOST_OLD_VALUES = 50;

  private RegisterDamage() {}

  static Optional<Damage.Change> staleRead(ObjectKind kind, List<Operation> operations, Dice dice) {
    return onSomeRegister(operations, dice, (access, read) -> staleRead(access, read));
  }

  static Optional<Damage.Change> futureRead(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    return onSomeRegister(operations, dice, (access, read) -> futureRead(access, read));
  }

  private interface ReadAttempt {
    Optional<Damage.Change> at(RegisterAccess access, Read read);
  }

  private static Optional<Damage.Change> onSomeRegister(
      List<Operation> operations, Dice dice, ReadAttempt attempt) {
    return Damage.anywhere(
        RegisterAccess.of(operations),
        dice,
        access -> Damage.anywhere(access.reads(), dice, read -> attempt.at(access, read)));
  }

  private static Optional<Damage.Change> staleRead(RegisterAccess access, Read read) {
    Optional<Write> latest =
        access.writes().stream()
            .filter(write -> Damage.precedes(write.operation(), read.operation()))
            .reduce((first, second) -> second);
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    Write overwriting = latest.get();
    List<Write> older =
        access.writes().stream()
            .filter(write -> Damage.precedes(write.operation(), overwriting.operation()))
            .filter(write -> !write.value().isNil())
            .toList()
            .reversed();
    for (Write old : older.subList(0, Math.min(MOST_OLD_VALUES, older.size()))) {
      if (isGone(access, old.value(), overwriting, read)) {
        return Optional.of(
            new Damage.Change(
                read.seeing(old.value()),
                "stale read: %s now returns %s, which %s had overwritten by %s before it began"
                    .formatted(
                        Damage.name(read.operation()),
                        old.value(),
                        Damage.name(overwriting.operation()),
                        overwriting.value())));
      }
    }
    return Optional.empty();
  }

  /// Whether each write of `value` that the read could see took effect before `overwriting`.
  private static boolean isGone(RegisterAccess access, Value value, Write overwriting, Read read) {
    for (Write write : access.writes()) {
      boolean isVisible =
          write.operation().callPosition() < read.operation().returnPosition()
              && write.value().equals(value);
      if (isVisible && !Damage.precedes(write.operation(), overwriting.operation())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Damage.Change> futureRead(RegisterAccess access, Read read) {
    Operation reader = read.operation();
    Map<Value, Write> later = new HashMap<>();
    List<Value> candidates = new ArrayList<>();
    for (Write write : access.writes()) {
      boolean isLater = write.operation().callPosition() > reader.returnPosition();
      if (later.putIfAbsent(write.value(), write) == null && isLater) {
        candidates.add(write.value());
      }
    }
    for (Value value : candidates) {
      Write write = later.get(value);
      if (write != null && !value.isNil()) {
        return Optional.of(
            new Damage.Change(
                read.seeing(value),
                "future read: %s now returns %s, first written by %s, called after it returned"
                    .formatted(Damage.name(reader), value, Damage.name(write.operation()))));
      }
    }
    return Optional.empty();
  }

  static Optional<Damage.Change> splitCas(ObjectKind kind, List<Operation> operations, Dice dice) {
    Map<Value, Integer> writers = new HashMap<>();
    for (RegisterAccess access : RegisterAccess.of(operations)) {
      access.writes().forEach(write -> writers.merge(write.value(), 1, Integer::sum));
    }
    List<Operation> winners =
        Damage.succeeded(operations, "cas").stream()
            .filter(cas -> writers.getOrDefault(from(cas), 0) == 1)
            .filter(cas -> !from(cas).isNil() && !from(cas).equals(to(cas)))
            .toList();
    List<Operation> others =
        operations.stream().filter(operation -> operation.function().equals("cas")).toList();
    return Damage.anywhere(winners, dice, winner -> secondWinner(winner, others));
  }

  /// Prefers one that lost: then nothing changes but its outcome.
  private static Optional<Damage.Change> secondWinner(Operation winner, List<Operation> others) {
    List<Operation> eligible =
        others.stream()
            .filter(cas -> cas.index() != winner.index() && !to(cas).equals(from(winner)))
            .filter(cas -> !(cas.outcome() instanceof Outcome.Unknown))
            .toList();
    List<Operation> losers =
        eligible.stream()
            .filter(cas -> !cas.mayHaveHappened() && from(cas).equals(from(winner)))
            .toList();
    if (eligible.isEmpty()) {
      return Optional.empty();
    }
    Operation second = nearest(winner, losers.isEmpty() ? eligible : losers);
    Value input = Value.sequence(from(winner), to(second));
    return Optional.of(
        new Damage.Change(
            Damage.with(second, input, Outcome.ok(Value.nil())),
            "split cas: %s now succeeds from %s to %s like %s, though %s was written only once"
                .formatted(
                    Damage.name(second),
                    from(winner),
                    to(second),
                    Damage.name(winner),
                    from(winner))));
  }

  private static Operation nearest(Operation winner, List<Operation> others) {
    return Collections.min(
        others, Comparator.comparingInt(other -> Math.abs(other.index() - winner.index())));
  }

  private static Value from(Operation cas) {
    return ((Value.Sequence) cas.input()).item(0);
  }

  private static Value to(Operation cas) {
    return ((Value.Sequence) cas.input()).item(1);
  }
}
