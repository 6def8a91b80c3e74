package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists that forget what was appended, or show it in the wrong order.
final class ListDamage {
  private static final Value READ = Value.keyword("r");

  private record Append(Operation operation, Value list, Value element) {}

  /// @param step which step of its transaction it is, [RegisterAccess#WHOLE] for a plain read
  private record Read(Operation operation, int step, Value list, List<Value> elements) {
    Operation seeing(List<Value> others) {
      return new RegisterAccess.Read(operation, step).seeing(new Value.Sequence(others));
    }
  }

  private final Map<Value, List<Append>> appends = new LinkedHashMap<>();
  private final List<Read> reads = new ArrayList<>();

  private ListDamage(List<Operation> operations) {
    for (Operation operation : operations) {
      switch (operation.function()) {
        case "txn" -> addTransaction(operation);
        case "append" -> addAppend(new Append(operation, Value.nil(), operation.input()));
        default -> addRead(operation, RegisterAccess.WHOLE, Value.nil(), operation.output());
      }
    }
  }

  private void addTransaction(Operation operation) {
    Value steps = operation.isOk() ? operation.output() : operation.input();
    List<Value> items = ((Value.Sequence) steps).items();
    for (int i = 0; i < items.size(); i++) {
      Value.Sequence step = (Value.Sequence) items.get(i);
      if (step.item(0).equals(READ)) {
        addRead(operation, i, step.item(1), step.item(2));
      } else {
        addAppend(new Append(operation, step.item(1), step.item(2)));
      }
    }
  }

  private void addAppend(Append append) {
    if (append.operation().mayHaveHappened()) {
      appends.computeIfAbsent(append.list(), list -> new ArrayList<>()).add(append);
    }
  }

  private void addRead(Operation operation, int step, Value list, Value seen) {
    if (operation.isOk() && seen instanceof Value.Sequence(List<Value> elements)) {
      reads.add(new Read(operation, step, list, elements));
    }
  }

  private List<Append> appendsTo(Value list) {
    return appends.getOrDefault(list, List.of());
  }

  static Optional<Damage.Change> lostUpdate(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    ListDamage lists = new ListDamage(operations);
    return Damage.anywhere(
        lists.reads,
        dice,
        read -> Damage.anywhere(read.elements(), dice, lost -> lists.lostUpdate(read, lost)));
  }

  private Optional<Damage.Change> lostUpdate(Read read, Value lost) {
    List<Append> certain =
        appendsTo(read.list()).stream()
            .filter(append -> append.element().equals(lost))
            .filter(append -> Damage.precedes(append.operation(), read.operation()))
            .toList();
    List<Value> rest = new ArrayList<>(read.elements());
    rest.remove(lost);
    if (rest.stream().filter(lost::equals).count() >= certain.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Damage.Change(
            read.seeing(rest),
            "lost update: %s no longer sees %s, though %s had returned before"
                .formatted(
                    Damage.name(read.operation()),
                    lost,
                    Damage.name(certain.getFirst().operation()))));
  }

  static Optional<Damage.Change> reorderedAppend(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    ListDamage lists = new ListDamage(operations);
    return Damage.anywhere(lists.reads, dice, lists::reordered);
  }

  private Optional<Damage.Change> reordered(Read read) {
    List<Value> elements = read.elements();
    for (int i = 0; i + 1 < elements.size(); i++) {
      Optional<Append> first = onlyAppend(read, elements.get(i));
      Optional<Append> second = onlyAppend(read, elements.get(i + 1));
      if (first.isPresent()
          && second.isPresent()
          && Damage.precedes(first.get().operation(), second.get().operation())) {
        List<Value> swapped = new ArrayList<>(elements);
        swapped.set(i, elements.get(i + 1));
        swapped.set(i + 1, elements.get(i));
        return Optional.of(
            new Damage.Change(
                read.seeing(swapped),
                "reordered append: %s now sees %s before %s, though %s had returned before %s"
                    .formatted(
                        Damage.name(read.operation()),
                        elements.get(i + 1),
                        elements.get(i),
                        Damage.name(first.get().operation()),
                        Damage.name(second.get().operation()))));
      }
    }
    return Optional.empty();
  }

  private Optional<Append> onlyAppend(Read read, Value element) {
    List<Append> found =
        appendsTo(read.list()).stream().filter(append -> append.element().equals(element)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
