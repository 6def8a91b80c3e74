package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Queues and stacks that give out an element twice, never, or too early.
final class ContainerDamage {
  /// The life of an element that was put in once and taken out once.
  private record Passage(Value element, Operation put, Operation take) {}

  private final ObjectKind kind;
  private final List<Operation> takes;
  private final List<Operation> unseenTakes = new ArrayList<>();
  private final Map<Value, List<Operation>> puts = new HashMap<>();
  private final Map<Value, List<Operation>> takesOf = new HashMap<>();

  private ContainerDamage(ObjectKind kind, List<Operation> operations) {
    this.kind = kind;
    this.takes = Damage.succeeded(operations, "dequeue", "pop");
    for (Operation operation : operations) {
      boolean isTake = operation.function().equals("dequeue") || operation.function().equals("pop");
      if (!isTake && operation.mayHaveHappened()) {
        puts.computeIfAbsent(operation.input(), key -> new ArrayList<>()).add(operation);
      } else if (operation.isOk()) {
        takesOf.computeIfAbsent(operation.output(), key -> new ArrayList<>()).add(operation);
      } else if (operation.mayHaveHappened()) {
        unseenTakes.add(operation);
      }
    }
  }

  private Optional<Passage> passage(Operation take) {
    List<Operation> sources = puts.getOrDefault(take.output(), List.of());
    boolean isOnly = takesOf.getOrDefault(take.output(), List.of()).size() == 1;
    return isOnly && sources.size() == 1
        ? Optional.of(new Passage(take.output(), sources.getFirst(), take))
        : Optional.empty();
  }

  private List<Passage> passages() {
    return takes.stream().flatMap(take -> passage(take).stream()).toList();
  }

  static Optional<Damage.Change> doubleDequeue(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    ContainerDamage container = new ContainerDamage(kind, operations);
    return Damage.anywhere(
        container.takes, dice, take -> container.takenAgain(take, dice.pick(container.takes)));
  }

  private Optional<Damage.Change> takenAgain(Operation take, Operation again) {
    Value element = take.output();
    int taken = takesOf.getOrDefault(element, List.of()).size();
    boolean isScarce = puts.getOrDefault(element, List.of()).size() == taken;
    if (!isScarce || again.output().equals(element) || element.isNil()) {
      return Optional.empty();
    }
    return Optional.of(
        new Damage.Change(
            Damage.answering(again, element),
            "double dequeue: %s now returns %s like %s, once more than it was put in"
                .formatted(Damage.name(again), element, Damage.name(take))));
  }

  static Optional<Damage.Change> lostElement(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    ContainerDamage container = new ContainerDamage(kind, operations);
    List<Passage> passages = container.passages();
    List<Operation> witnesses =
        container.takes.stream()
            .filter(take -> kind == ObjectKind.QUEUE || take.output().isNil())
            .toList();
    return Damage.anywhere(
        witnesses,
        dice,
        witness -> Damage.anywhere(passages, dice, lost -> container.lost(lost, witness)));
  }

  private Optional<Damage.Change> lost(Passage lost, Operation witness) {
    if (!Damage.precedes(lost.put(), witness)
        || lost.take().index() == witness.index()
        || !showsAbsence(lost, witness)
        || unseenTakes.stream().anyMatch(o -> o.callPosition() < witness.returnPosition())) {
      return Optional.empty();
    }
    String proof = witness.output().isNil() ? "nothing is left" : "a later one comes out";
    return Optional.of(
        new Damage.Change(
            Damage.with(lost.take(), lost.take().input(), Outcome.failed()),
            "lost element: %s now failed, so nobody took %s out, but %s at %s"
                .formatted(Damage.name(lost.take()), lost.element(), proof, Damage.name(witness))));
  }

  /// Whether the witness could not answer as it did while the lost element is in.
  private boolean showsAbsence(Passage lost, Operation witness) {
    if (witness.output().isNil()) {
      return true;
    }
    return kind == ObjectKind.QUEUE
        && passage(witness).filter(w -> Damage.precedes(lost.put(), w.put())).isPresent();
  }

  static Optional<Damage.Change> reorderedDequeue(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    ContainerDamage container = new ContainerDamage(kind, operations);
    List<Passage> passages = container.passages();
    return Damage.anywhere(passages, dice, one -> container.swappedWithNext(one, passages));
  }

  private Optional<Damage.Change> swappedWithNext(Passage one, List<Passage> passages) {
    for (Passage other : passages) {
      if (isOrderKnown(one, other)) {
        return Optional.of(
            new Damage.Change(
                List.of(
                    Damage.answering(one.take(), other.element()),
                    Damage.answering(other.take(), one.element())),
                "reordered dequeue: %s and %s swapped their answers, now %s comes out before %s"
                    .formatted(
                        Damage.name(one.take()),
                        Damage.name(other.take()),
                        other.element(),
                        one.element())));
      }
    }
    return Optional.empty();
  }

  /// Whether `one` certainly had to come out before `other`, and did.
  private boolean isOrderKnown(Passage one, Passage other) {
    if (!Damage.precedes(one.take(), other.take())) {
      return false;
    }
    return kind == ObjectKind.QUEUE
        ? Damage.precedes(one.put(), other.put())
        : Damage.precedes(other.put(), one.put()) && Damage.precedes(one.put(), one.take());
  }
}
