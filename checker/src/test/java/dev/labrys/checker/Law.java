package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How a history may be retold, and what that does to its verdict.
enum Law {
  PROCESSES_RENAMED(Promise.SAME_VERDICT) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      int offset = random.nextInt(1_000_000);
      return Retelling.each(
          history, op -> Retelling.withProcess(op, offset - 3 * op.process() + 3 * history.size()));
    }
  },

  /// Numbers are exchanged one for one. True of models that only compare them.
  VALUES_RENAMED(Promise.SAME_VERDICT) {
    @Override
    boolean holdsFor(Model<?> model) {
      return !Set.of("kv", "kv-string", "counter", "log", "bank", "fenced-mutex")
          .contains(model.name());
    }

    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      long offset = random.nextInt(1000);
      return Retelling.each(
          history,
          op ->
              Retelling.withCall(
                  op, op.key(), renamed(op.input(), offset), renamed(op.outcome(), offset)));
    }
  },

  KEYS_RENAMED(Promise.SAME_VERDICT) {
    @Override
    boolean holdsFor(Model<?> model) {
      return model.isKeyed();
    }

    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      int offset = random.nextInt(1000);
      return Retelling.each(
          history,
          op ->
              Retelling.withCall(
                  op, Value.sequence(op.key(), Value.of(offset)), op.input(), op.outcome()));
    }
  },

  TIME_SHIFTED_AND_STRETCHED(Promise.SAME_VERDICT) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      long offset = random.nextInt(1_000_000);
      long factor = 1 + random.nextInt(1000);
      return Retelling.each(
          history,
          op ->
              Retelling.withTimes(
                  op,
                  offset + factor * op.callTime(),
                  op.returnTime() == Operation.NEVER_TIME
                      ? Operation.NEVER_TIME
                      : offset + factor * op.returnTime()));
    }
  },

  /// As when events of another kind stand between.
  POSITIONS_SPREAD(Promise.SAME_VERDICT) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      int factor = 2 + random.nextInt(5);
      return Retelling.each(
          history,
          op ->
              Retelling.withPositions(
                  op,
                  factor * op.callPosition() + 1,
                  op.returnPosition() == Operation.NEVER
                      ? Operation.NEVER
                      : factor * op.returnPosition() + 1));
    }
  },

  /// Of two adjacent calls, and of two adjacent returns, either may come first.
  ADJACENT_EVENTS_SWAPPED(Promise.SAME_VERDICT) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      return Retelling.withSwappedNeighbours(history, random);
    }
  },

  /// An operation that never returned may never have happened.
  UNKNOWN_OPERATION_ADDED(Promise.STAYS_VALID) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      Operation like = anyOf(history, random);
      List<Operation> operations = new ArrayList<>(history.operations());
      operations.add(
          new Operation(
              0,
              2_000_000,
              like.function(),
              like.key(),
              like.input(),
              Outcome.unknown(),
              like.callTime(),
              Operation.NEVER_TIME,
              anyOf(history, random).callPosition(),
              Operation.NEVER));
      return Retelling.inOrder(operations);
    }
  },

  ANSWER_LOST(Promise.STAYS_VALID) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      int lost = random.nextInt(history.size());
      return Retelling.each(
          history,
          op ->
              op.index() == lost && op.isOk()
                  ? Retelling.withCall(op, op.key(), op.input(), Outcome.unknown())
                  : op);
    }
  },

  READ_DROPPED(Promise.STAYS_VALID) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      int from = random.nextInt(history.size());
      List<Operation> operations = new ArrayList<>(history.operations());
      for (int i = from; i < operations.size(); i++) {
        if (model.isReadOnly(Call.of(operations.get(i)))) {
          operations.remove(i);
          return Retelling.inOrder(operations);
        }
      }
      return history;
    }
  },

  /// Called earlier and returned later, an operation has more moments to choose from.
  INTERVAL_WIDENED(Promise.STAYS_VALID) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      int widened = random.nextInt(history.size());
      int before = random.nextInt(20);
      int after = random.nextInt(20);
      return Retelling.inOrder(
          history.operations().stream()
              .map(op ->
                  op.index() == widened
                      ? Retelling.withPositions(
                          op,
                          Math.max(0, op.callPosition() - before),
                          op.returnPosition() == Operation.NEVER
                              ? Operation.NEVER
                              : op.returnPosition() + after)
                      : op)
              .toList());
    }
  },

  /// What was not over yet is of unknown outcome.
  CUT_SHORT(Promise.STAYS_VALID) {
    @Override
    History retold(History history, Model<?> model, RandomGenerator random) {
      return Retelling.upTo(history, anyOf(history, random).callPosition());
    }
  };

  /// What is known of the verdict afterwards.
  enum Promise {
    SAME_VERDICT,
    STAYS_VALID
  }

  private final Promise promise;

  Law(Promise promise) {
    this.promise = promise;
  }

  Promise promise() {
    return promise;
  }

  boolean holdsFor(Model<?> model) {
    return true;
  }

  /// The same history told otherwise. It must have an operation.
  abstract History retold(History history, Model<?> model, RandomGenerator random);

  private static Operation anyOf(History history, RandomGenerator random) {
    return history.operations().get(random.nextInt(history.size()));
  }

  private static Outcome renamed(Outcome outcome, long offset) {
    return outcome instanceof Outcome.Ok(Value output)
        ? Outcome.ok(renamed(output, offset))
        : outcome;
  }

  private static Value renamed(Value value, long offset) {
    return switch (value) {
      case Value.Int(long number) -> Value.of(offset - 7 * number);
      case Value.Sequence(List<Value> items) ->
          new Value.Sequence(items.stream().map(item -> renamed(item, offset)).toList());
      case Value.SetOf(Set<Value> items) -> {
        Set<Value> renamed = new LinkedHashSet<>();
        items.forEach(item -> renamed.add(renamed(item, offset)));
        yield new Value.SetOf(renamed);
      }
      case Value.MapOf(Map<Value, Value> entries) -> {
        Map<Value, Value> renamed = new LinkedHashMap<>();
        entries.forEach((key, entry) -> renamed.put(renamed(key, offset), renamed(entry, offset)));
        yield new Value.MapOf(renamed);
      }
      default -> value;
    };
  }
}
