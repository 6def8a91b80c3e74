package dev.labrys.synthetic;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tries all orders of the operations of a small history.
final class BruteForce {
  private record Configuration(Set<Integer> done, Object state) {}

  private final ObjectKind kind;
  private final List<Operation> operations;
  private final Set<Configuration> seen = new HashSet<>();

  private BruteForce(ObjectKind kind, List<Operation> operations) {
    this.kind = kind;
    this.operations = operations;
  }

  static boolean isLinearizable(ObjectKind kind, History history) {
    Map<Value, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      if (operation.mayHaveHappened()) {
        byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
      }
    }
    for (List<Operation> operations : byKey.values()) {
      BruteForce search = new BruteForce(kind, operations);
      if (!search.canFinish(Set.of(), Reference.initial(kind, operations))) {
        return false;
      }
    }
    return true;
  }

  private boolean canFinish(Set<Integer> done, Object state) {
    if (!seen.add(new Configuration(done, state))) {
      return false;
    }
    int deadline = Operation.NEVER;
    boolean isFinished = true;
    for (Operation operation : operations) {
      if (!done.contains(operation.index()) && operation.isOk()) {
        deadline = Math.min(deadline, operation.returnPosition());
        isFinished = false;
      }
    }
    if (isFinished) {
      return true;
    }
    for (Operation operation : operations) {
      if (!done.contains(operation.index())
          && operation.callPosition() < deadline
          && canContinueWith(operation, done, state)) {
        return true;
      }
    }
    return false;
  }

  private boolean canContinueWith(Operation operation, Set<Integer> done, Object state) {
    Set<Integer> more = new HashSet<>(done);
    more.add(operation.index());
    for (Object next : Reference.step(kind, state, operation)) {
      if (canFinish(Set.copyOf(more), next)) {
        return true;
      }
    }
    return false;
  }
}
