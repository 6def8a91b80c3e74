package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Partitions of which only the intervals matter.
final class Intervals {
  private Intervals() {}

  /// An operation from `call` to `end`, as `process` asks it.
  static Operation operation(int process, String function, Value input, int call, int end) {
    boolean isOver = end != Operation.NEVER;
    return new Operation(
        process,
        process,
        function,
        Value.nil(),
        input,
        isOver ? Outcome.ok(Value.nil()) : Outcome.unknown(),
        call,
        isOver ? end : Operation.NEVER_TIME,
        call,
        end);
  }

  /// Writes of different values; each pair of bounds is a call and a return.
  static Partition writes(int... bounds) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      operations.add(operation(i / 2, "write", Value.of(i), bounds[i], bounds[i + 1]));
    }
    return Partition.of(Value.nil(), operations, Models.register());
  }

  /// Writes of different values with random intervals, in order of call.
  static Partition random(RandomGenerator random, int size) {
    int[] bounds = new int[2 * size];
    for (int i = 0; i < size; i++) {
      bounds[2 * i] = (i == 0 ? 0 : bounds[2 * i - 2]) + 1 + random.nextInt(3);
      bounds[2 * i + 1] =
          random.nextInt(8) == 0 ? Operation.NEVER : bounds[2 * i] + 1 + random.nextInt(7);
    }
    return writes(bounds);
  }
}
