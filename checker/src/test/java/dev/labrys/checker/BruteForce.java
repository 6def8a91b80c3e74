package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// The oracle: tries every order of the operations that the definition of linearizability allows.
/// It knows nothing of models but their steps, so that nothing clever can be wrong with it.
final class BruteForce<S> {
  private static final int LIMIT = 31;

  private final Model<S> model;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Value> keys = new ArrayList<>();
  private final List<S> states = new ArrayList<>();

  private BruteForce(Model<S> model, List<Operation> all) {
    this.model = model;
    for (Operation operation : all) {
      if (operation.mayHaveHappened()) {
        operations.add(operation);
        calls.add(Call.of(operation));
      }
    }
    if (operations.size() > LIMIT) {
      throw new IllegalArgumentException(
          operations.size() + " operations are too many for brute force");
    }
  }

  static boolean isLinearizable(Model<?> model, History history) {
    return isLinearizable(model, history.operations());
  }

  static boolean isLinearizable(Model<?> model, List<Operation> operations) {
    return new BruteForce<>(model, operations).canContinue(0);
  }

  /// Whether the operations that are not in the set `done` can follow those that are.
  private boolean canContinue(int done) {
    int deadline = Operation.NEVER;
    boolean isComplete = true;
    for (int i = 0; i < operations.size(); i++) {
      if (!contains(done, i) && operations.get(i).outcome() instanceof Outcome.Ok) {
        isComplete = false;
        deadline = Math.min(deadline, operations.get(i).returnPosition());
      }
    }
    if (isComplete) {
      return true;
    }
    for (int i = 0; i < operations.size(); i++) {
      if (!contains(done, i)
          && operations.get(i).callPosition() < deadline
          && canContinueWith(i, done)) {
        return true;
      }
    }
    return false;
  }

  private boolean canContinueWith(int next, int done) {
    int object = model.isKeyed() ? object(operations.get(next).key()) : object(Value.nil());
    S before = states.get(object);
    for (S after : model.step(before, calls.get(next))) {
      states.set(object, after);
      boolean canContinue = canContinue(done | 1 << next);
      states.set(object, before);
      if (canContinue) {
        return true;
      }
    }
    return false;
  }

  private int object(Value key) {
    int known = keys.indexOf(key);
    if (known >= 0) {
      return known;
    }
    keys.add(key);
    states.add(model.initial());
    return keys.size() - 1;
  }

  private static boolean contains(int done, int operation) {
    return (done & 1 << operation) != 0;
  }
}
