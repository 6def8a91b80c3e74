package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The operations on one object, in order of call, without those that can't matter: failed ones,
/// and read-only ones of unknown outcome.
///
/// An operation is *required* if it must have taken effect by its return, and *optional* if it may
/// do so at any time after its call, or never. Making a required operation optional only ever
/// allows more, so a partition that is relaxed in this way and still contradicts itself explains
/// the contradiction of the original.
final class Partition {
  private final Value key;
  private final Operation[] operations;
  private final int[] calls;
  private final int[] returns;

  /// Whether the answer counts. One that was made optional stays without, even if it is then seen
  /// to have happened: nobody knows by that what it answered.
  private final boolean[] isAnswered;

  private final int required;

  private Partition(
      Value key, Operation[] operations, int[] calls, int[] returns, boolean[] isAnswered) {
    this.key = key;
    this.operations = operations;
    this.calls = calls;
    this.returns = returns;
    this.isAnswered = isAnswered;
    int count = 0;
    for (int position : returns) {
      if (position != Operation.NEVER) {
        count++;
      }
    }
    this.required = count;
  }

  /// What matters to `model` of `operations`, which are in order of call.
  static Partition of(Value key, List<Operation> operations, Model<?> model) {
    Operation[] kept = new Operation[operations.size()];
    int[] calls = new int[kept.length];
    int[] returns = new int[kept.length];
    boolean[] isAnswered = new boolean[kept.length];
    int count = 0;
    for (Operation operation : operations) {
      boolean isRequired = operation.isOk();
      if (isRequired || (operation.mayHaveHappened() && !model.isReadOnly(unanswered(operation)))) {
        kept[count] = operation;
        calls[count] = operation.callPosition();
        returns[count] = isRequired ? operation.returnPosition() : Operation.NEVER;
        isAnswered[count] = isRequired;
        count++;
      }
    }
    if (count == kept.length) {
      return new Partition(key, kept, calls, returns, isAnswered);
    }
    return new Partition(
        key,
        Arrays.copyOf(kept, count),
        Arrays.copyOf(calls, count),
        Arrays.copyOf(returns, count),
        Arrays.copyOf(isAnswered, count));
  }

  /// This partition with `deadlines` in place of its returns; [Operation#NEVER] makes an operation
  /// optional, a negative deadline leaves it out.
  Partition withDeadlines(int[] deadlines, Model<?> model) {
    return withTimes(calls, deadlines, model);
  }

  /// This partition with other deadlines, as above, and later calls.
  Partition withTimes(int[] newCalls, int[] deadlines, Model<?> model) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      boolean vanishes =
          deadlines[i] < 0
              || (deadlines[i] == Operation.NEVER && model.isReadOnly(unanswered(operations[i])));
      if (!vanishes) {
        kept.add(i);
      }
    }
    kept.sort((one, other) -> Integer.compare(newCalls[one], newCalls[other]));
    Operation[] keptOperations = new Operation[kept.size()];
    int[] keptCalls = new int[kept.size()];
    int[] keptReturns = new int[kept.size()];
    boolean[] keptAnswered = new boolean[kept.size()];
    for (int i = 0; i < keptOperations.length; i++) {
      int from = kept.get(i);
      keptOperations[i] = operations[from];
      keptCalls[i] = newCalls[from];
      keptReturns[i] = deadlines[from];
      keptAnswered[i] = isAnswered[from] && deadlines[from] != Operation.NEVER;
    }
    return new Partition(key, keptOperations, keptCalls, keptReturns, keptAnswered);
  }

  /// What was known when the event at `position` had just happened: operations called later are
  /// left out, operations that returned later are optional.
  Partition upTo(int position, Model<?> model) {
    int[] deadlines = new int[size()];
    for (int i = 0; i < size(); i++) {
      if (calls[i] > position) {
        deadlines[i] = -1;
      } else {
        deadlines[i] = returns[i] <= position ? returns[i] : Operation.NEVER;
      }
    }
    return withDeadlines(deadlines, model);
  }

  private static Call unanswered(Operation operation) {
    return new Call(operation.function(), operation.input(), Outcome.unknown());
  }

  Value key() {
    return key;
  }

  int size() {
    return operations.length;
  }

  /// How many operations must be linearized.
  int required() {
    return required;
  }

  Operation operation(int index) {
    return operations[index];
  }

  boolean isRequired(int index) {
    return returns[index] != Operation.NEVER;
  }

  int callAt(int index) {
    return calls[index];
  }

  /// By when the operation must have taken effect; [Operation#NEVER] if it need not.
  int returnAt(int index) {
    return returns[index];
  }

  /// What the model is shown. The answer of an optional operation is nobody's business, even if it
  /// is known.
  Call call(int index) {
    Operation operation = operations[index];
    return isAnswered[index] ? Call.of(operation) : unanswered(operation);
  }
}
