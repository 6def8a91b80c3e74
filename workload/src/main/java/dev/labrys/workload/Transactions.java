package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The scripts of calls that touch several objects. The key of an action is a room; objects of
/// different rooms never meet, and so each room can be judged alone.
final class Transactions {
  private static final int OBJECTS = 3;
  private static final int MOST_STEPS = 3;
  private static final long OPENING_BALANCE = 100;
  private static final int LARGEST_TRANSFER = 40;

  private Transactions() {}

  /// Reads and writes of up to three objects at once.
  ///
  /// @param write what a write is called in a transaction of `model`
  static KeyedScript script(String model, String write) {
    return new KeyedScript() {
      @Override
      public Action next(Turn turn, RandomGenerator random) {
        int steps = random.nextInt(1, MOST_STEPS + 1);
        List<Value> parts = new ArrayList<>(steps);
        for (int step = 0; step < steps; step++) {
          Value object = object(turn.key(), random.nextInt(OBJECTS));
          // A value for each step of each turn.
          Value value = Value.of(turn.unique() * MOST_STEPS + step);
          parts.add(
              random.nextBoolean()
                  ? read(object)
                  : Value.sequence(Value.keyword(write), object, value));
        }
        return transaction(turn.key(), parts);
      }

      @Override
      public List<Action> closing(long room) {
        return List.of(
            transaction(
                room,
                IntStream.range(0, OBJECTS)
                    .mapToObj(number -> read(object(room, number)))
                    .toList()));
      }

      private Action transaction(long room, List<Value> parts) {
        return new Action(model, "txn", Value.of(room), new Value.Sequence(parts));
      }
    };
  }

  private static Value read(Value object) {
    return Value.sequence(Value.keyword("r"), object, Value.nil());
  }

  private static Value object(long room, int number) {
    return Value.of(room * OBJECTS + number);
  }

  /// Transfers between the accounts of a bank, and looks at all of them.
  static KeyedScript bank() {
    return new KeyedScript() {
      @Override
      public Action next(Turn turn, RandomGenerator random) {
        if (random.nextBoolean()) {
          return look(turn.key());
        }
        int from = random.nextInt(OBJECTS);
        int to = (from + random.nextInt(1, OBJECTS)) % OBJECTS;
        Map<Value, Value> transfer = new LinkedHashMap<>();
        transfer.put(Value.keyword("from"), object(turn.key(), from));
        transfer.put(Value.keyword("to"), object(turn.key(), to));
        transfer.put(Value.keyword("amount"), Value.of(random.nextInt(1, LARGEST_TRANSFER + 1)));
        return new Action("bank", "transfer", accounts(turn.key()), new Value.MapOf(transfer));
      }

      @Override
      public List<Action> closing(long bank) {
        return List.of(look(bank));
      }
    };
  }

  private static Action look(long bank) {
    return new Action("bank", "read", accounts(bank), Value.nil());
  }

  private static Value.Sequence accounts(long bank) {
    return new Value.Sequence(
        IntStream.range(0, OBJECTS).mapToObj(number -> object(bank, number)).toList());
  }

  /// What makes `banks` banks be as the model has them at first.
  static List<Action> deposits(int banks) {
    List<Action> deposits = new ArrayList<>();
    for (int bank = 0; bank < banks; bank++) {
      Value.Sequence accounts = accounts(bank);
      for (Value account : accounts.items()) {
        Map<Value, Value> deposit = new LinkedHashMap<>();
        deposit.put(Value.keyword("to"), account);
        deposit.put(Value.keyword("amount"), Value.of(OPENING_BALANCE));
        deposits.add(new Action("bank", "deposit", accounts, new Value.MapOf(deposit)));
      }
    }
    return deposits;
  }
}
