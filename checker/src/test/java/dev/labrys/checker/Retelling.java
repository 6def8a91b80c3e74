package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Makes histories from histories, operation by operation.
final class Retelling {
  private Retelling() {}

  /// The history of these operations, numbered anew in order of call. Calls at the same position
  /// count as one moment, so they go apart: those that were first in the list stay first, and
  /// returns come after the calls at their position.
  static History inOrder(List<Operation> operations) {
    record Point(int operation, int position, boolean isReturn) {}
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      points.add(new Point(i, operation.callPosition(), false));
      if (operation.returnPosition() != Operation.NEVER) {
        points.add(new Point(i, operation.returnPosition(), true));
      }
    }
    points.sort(Comparator.comparingInt(Point::position).thenComparing(Point::isReturn));
    int[] calls = new int[operations.size()];
    int[] returns = new int[operations.size()];
    java.util.Arrays.fill(returns, Operation.NEVER);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      if (point.isReturn()) {
        returns[point.operation()] = i;
      } else {
        calls[point.operation()] = i;
        order.add(point.operation());
      }
    }
    List<Operation> numbered = new ArrayList<>();
    for (int i : order) {
      numbered.add(
          withIndex(withPositions(operations.get(i), calls[i], returns[i]), numbered.size()));
    }
    return new History(numbered);
  }

  static History each(History history, UnaryOperator<Operation> change) {
    return new History(history.operations().stream().map(change).toList(), history.annotations());
  }

  /// What was known when the event at `position` had just happened.
  static History upTo(History history, int position) {
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : history.operations()) {
      if (operation.callPosition() <= position) {
        operations.add(
            operation.returnPosition() <= position
                ? operation
                : withPositions(
                    withCall(operation, operation.key(), operation.input(), Outcome.unknown()),
                    operation.callPosition(),
                    Operation.NEVER));
      }
    }
    return new History(operations);
  }

  /// Goes through all events once, and swaps about half of the pairs of adjacent calls and of
  /// adjacent returns.
  static History withSwappedNeighbours(History history, RandomGenerator random) {
    List<Operation> operations = new ArrayList<>(history.operations());
    int[] calledAt = new int[2 * operations.size()];
    int[] returnedAt = new int[2 * operations.size()];
    java.util.Arrays.fill(calledAt, -1);
    java.util.Arrays.fill(returnedAt, -1);
    List<Operation> dense = new ArrayList<>(inOrder(operations).operations());
    for (Operation operation : dense) {
      calledAt[operation.callPosition()] = operation.index();
      if (operation.returnPosition() != Operation.NEVER) {
        returnedAt[operation.returnPosition()] = operation.index();
      }
    }
    for (int at = 0; at + 1 < calledAt.length; at++) {
      if (random.nextBoolean()) {
        continue;
      }
      if (calledAt[at] >= 0 && calledAt[at + 1] >= 0) {
        swap(calledAt, at);
      } else if (returnedAt[at] >= 0 && returnedAt[at + 1] >= 0) {
        swap(returnedAt, at);
      }
    }
    int[] calls = inverse(calledAt, dense.size());
    int[] returns = inverse(returnedAt, dense.size());
    for (int i = 0; i < dense.size(); i++) {
      dense.set(i, withPositions(dense.get(i), calls[i], returns[i]));
    }
    return inOrder(dense);
  }

  private static void swap(int[] operations, int at) {
    int first = operations[at];
    operations[at] = operations[at + 1];
    operations[at + 1] = first;
  }

  private static int[] inverse(int[] operationAt, int operations) {
    int[] places = new int[operations];
    java.util.Arrays.fill(places, Operation.NEVER);
    for (int at = 0; at < operationAt.length; at++) {
      if (operationAt[at] >= 0) {
        places[operationAt[at]] = at;
      }
    }
    return places;
  }

  static Operation withIndex(Operation op, int index) {
    return new Operation(
        index,
        op.process(),
        op.function(),
        op.key(),
        op.input(),
        op.outcome(),
        op.callTime(),
        op.returnTime(),
        op.callPosition(),
        op.returnPosition());
  }

  static Operation withProcess(Operation op, int process) {
    return new Operation(
        op.index(),
        process,
        op.function(),
        op.key(),
        op.input(),
        op.outcome(),
        op.callTime(),
        op.returnTime(),
        op.callPosition(),
        op.returnPosition());
  }

  static Operation withCall(Operation op, Value key, Value input, Outcome outcome) {
    return new Operation(
        op.index(),
        op.process(),
        op.function(),
        key,
        input,
        outcome,
        op.callTime(),
        op.returnTime(),
        op.callPosition(),
        op.returnPosition());
  }

  static Operation withTimes(Operation op, long callTime, long returnTime) {
    return new Operation(
        op.index(),
        op.process(),
        op.function(),
        op.key(),
        op.input(),
        op.outcome(),
        callTime,
        returnTime,
        op.callPosition(),
        op.returnPosition());
  }

  static Operation withPositions(Operation op, int callPosition, int returnPosition) {
    return new Operation(
        op.index(),
        op.process(),
        op.function(),
        op.key(),
        op.input(),
        op.outcome(),
        op.callTime(),
        op.returnTime(),
        callPosition,
        returnPosition);
  }
}
