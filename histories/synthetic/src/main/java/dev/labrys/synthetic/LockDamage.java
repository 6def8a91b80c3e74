package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Locks that two hold at a time: a release turns out to have failed, yet the next one acquired.
final class LockDamage {
  /// A return of an acquisition, or a call of a release.
  private record Moment(int position, Operation operation) {}

  private LockDamage() {}

  static Optional<Damage.Change> doubleLock(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    return kind == ObjectKind.MUTEX ? anonymous(operations, dice) : owned(operations, dice);
  }

  private static Optional<Damage.Change> anonymous(List<Operation> operations, Dice dice) {
    List<Moment> moments = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.function().equals("acquire") && operation.isOk()) {
        moments.add(new Moment(operation.returnPosition(), operation));
      } else if (operation.function().equals("release") && operation.mayHaveHappened()) {
        moments.add(new Moment(operation.callPosition(), operation));
      }
    }
    moments.sort(Comparator.comparingInt(Moment::position));
    List<Damage.Change> changes = new ArrayList<>();
    Optional<Operation> lastRelease = Optional.empty();
    int acquired = 0;
    int released = 0;
    for (Moment moment : moments) {
      if (moment.operation().function().equals("release")) {
        released++;
        lastRelease = Optional.of(moment.operation()).filter(Operation::isOk);
        continue;
      }
      acquired++;
      if (acquired == released + 1) {
        lastRelease.ifPresent(release -> changes.add(change(release, moment.operation())));
      }
    }
    return Damage.anywhere(changes, dice, Optional::of);
  }

  private static Damage.Change change(Operation release, Operation acquire) {
    return new Damage.Change(
        Damage.with(release, release.input(), Outcome.failed()),
        "double lock: %s now failed, so the lock is still held, but %s succeeded"
            .formatted(Damage.name(release), Damage.name(acquire)));
  }

  private static Optional<Damage.Change> owned(List<Operation> operations, Dice dice) {
    List<Operation> acquires = Damage.succeeded(operations, "acquire");
    List<Operation> releases =
        operations.stream()
            .filter(release -> release.function().equals("release"))
            .filter(Operation::mayHaveHappened)
            .toList();
    return Damage.anywhere(
        releases.stream().filter(Operation::isOk).toList(),
        dice,
        release -> ownedBefore(release, acquires, releases));
  }

  private static Optional<Damage.Change> ownedBefore(
      Operation release, List<Operation> acquires, List<Operation> releases) {
    List<Operation> others =
        releases.stream().filter(other -> other.index() != release.index()).toList();
    Optional<Operation> held =
        acquires.stream()
            .filter(acquire -> acquire.input().equals(release.input()))
            .filter(acquire -> Damage.precedes(acquire, release))
            .max(Comparator.comparingInt(Operation::returnPosition));
    Optional<Operation> next =
        acquires.stream()
            .filter(acquire -> !acquire.input().equals(release.input()))
            .filter(acquire -> acquire.returnPosition() > release.callPosition())
            .min(Comparator.comparingInt(Operation::returnPosition));
    return held.flatMap(first ->
        next.filter(second ->
                !mayRelease(first.input(), first, second, others)
                    && (Damage.precedes(first, second)
                        || !mayRelease(second.input(), second, first, others)))
            .map(second -> change(release, second)));
  }

  /// Whether `owner` may have released between the effects of `from` and `to`.
  private static boolean mayRelease(
      Value owner, Operation from, Operation to, List<Operation> releases) {
    return releases.stream()
        .filter(release -> release.input().equals(owner))
        .anyMatch(release ->
            !Damage.precedes(release, from) && release.callPosition() < to.returnPosition());
  }
}
