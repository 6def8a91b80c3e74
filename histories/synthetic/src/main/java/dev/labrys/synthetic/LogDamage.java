package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Optional;

/// Logs that skip an offset, or lose a record.
final class LogDamage {
  private LogDamage() {}

  static Optional<Damage.Change> skippedOffset(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    return Damage.anywhere(
        Damage.succeeded(operations, "append"),
        dice,
        append -> Optional.of(beyondTheEnd(append, operations)));
  }

  private static Damage.Change beyondTheEnd(Operation append, List<Operation> operations) {
    long most =
        operations.stream()
            .filter(other -> other.function().equals("append") && other.mayHaveHappened())
            .filter(other -> other.callPosition() < append.returnPosition())
            .filter(other -> other.index() != append.index())
            .count();
    return new Damage.Change(
        Damage.answering(append, Value.of(most + 1)),
        "skipped offset: %s now returns offset %d, though at most %d records can be before its own"
            .formatted(Damage.name(append), most + 1, most));
  }

  static Optional<Damage.Change> lostUpdate(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    List<Operation> reads =
        Damage.succeeded(operations, "read").stream()
            .filter(read -> !read.output().isNil())
            .toList();
    List<Operation> appends = Damage.succeeded(operations, "append");
    return Damage.anywhere(reads, dice, read -> lostRecord(read, appends));
  }

  private static Optional<Damage.Change> lostRecord(Operation read, List<Operation> appends) {
    return appends.stream()
        .filter(append -> append.output().equals(read.input()))
        .filter(append -> Damage.precedes(append, read))
        .findFirst()
        .map(append ->
            new Damage.Change(
                Damage.answering(read, Value.nil()),
                "lost update: %s now finds nothing at offset %s, though %s had returned before"
                    .formatted(Damage.name(read), read.input(), Damage.name(append))));
  }
}
