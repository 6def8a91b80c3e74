package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The scripts of objects that are asked one thing at a time.
///
/// Each draws a number below 100 to decide what to do next.
final class Scripts {
  private Scripts() {}

  private record Simple(
      String model, BiFunction<KeyedScript.Turn, RandomGenerator, Action> next, Action read)
      implements KeyedScript {
    @Override
    public Action next(Turn turn, RandomGenerator random) {
      Action drawn = next.apply(turn, random);
      return new Action(model, drawn.function(), Value.of(turn.key()), drawn.input());
    }

    @Override
    public List<Action> closing(long key) {
      return List.of(new Action(model, read.function(), Value.of(key), read.input()));
    }
  }

  private static KeyedScript simple(
      String model, String read, BiFunction<KeyedScript.Turn, RandomGenerator, Action> next) {
    return new Simple(model, next, ask(read));
  }

  private static Action ask(String function) {
    return ask(function, Value.nil());
  }

  /// An action that has yet to be told its model and key.
  private static Action ask(String function, Value input) {
    return new Action("-", function, Value.nil(), input);
  }

  private static Value unique(KeyedScript.Turn turn) {
    return Value.of(turn.unique());
  }

  private static boolean isIn(int percent, RandomGenerator random) {
    return random.nextInt(100) < percent;
  }

  static KeyedScript register() {
    return simple(
        "register",
        "read",
        (turn, random) -> isIn(50, random) ? ask("read") : ask("write", unique(turn)));
  }

  static KeyedScript casRegister(int values) {
    return simple(
        "cas-register",
        "read",
        (turn, random) -> {
          Value some = Value.of(random.nextInt(values));
          return switch (random.nextInt(4)) {
            case 0 -> ask("write", some);
            case 1 -> ask("cas", Value.sequence(some, Value.of(random.nextInt(values))));
            default -> ask("read");
          };
        });
  }

  static KeyedScript kv() {
    return simple(
        "kv",
        "get",
        (turn, random) -> {
          int drawn = random.nextInt(100);
          if (drawn < 50) {
            return ask("get");
          }
          Value text = Value.of(Long.toString(turn.unique()));
          if (drawn < 80) {
            return ask("put", text);
          }
          return drawn < 92 ? ask("append", Value.of("." + turn.unique())) : ask("delete");
        });
  }

  static KeyedScript counter() {
    return simple(
        "counter",
        "read",
        (turn, random) ->
            isIn(50, random) ? ask("read") : ask("add", Value.of(random.nextInt(1, 10))));
  }

  static KeyedScript growing() {
    return simple(
        "counter", "read", (turn, random) -> isIn(70, random) ? ask("read") : ask("increment"));
  }

  static KeyedScript set() {
    return simple(
        "set", "read", (turn, random) -> isIn(40, random) ? ask("read") : ask("add", unique(turn)));
  }

  static KeyedScript list(String model, int percentReads) {
    return simple(
        model,
        "read",
        (turn, random) -> isIn(percentReads, random) ? ask("read") : ask("append", unique(turn)));
  }

  static KeyedScript uniqueId() {
    return simple("unique-id", "generate", (_, _) -> ask("generate"));
  }

  /// Readers look a little past the end.
  static KeyedScript log() {
    return new KeyedScript() {
      private static final int LAST_LOOKS = 8;

      @Override
      public Action next(Turn turn, RandomGenerator random) {
        boolean isRead = isIn(50, random);
        Value input = isRead ? Value.of(random.nextInt(turn.round() / 2 + 2)) : unique(turn);
        return new Action("log", isRead ? "read" : "append", Value.of(turn.key()), input);
      }

      @Override
      public List<Action> closing(long key) {
        return IntStream.range(0, LAST_LOOKS)
            .mapToObj(offset -> new Action("log", "read", Value.of(key), Value.of(offset)))
            .toList();
      }
    };
  }

  /// What comes in and goes out again. It is seldom empty, as that is hard to judge where it is not
  /// known what was taken out.
  static KeyedScript container(String model, String put, String take) {
    return new KeyedScript() {
      private static final int LAST_TAKES = 4;
      private static final int FIRST_PUTS = 4;

      @Override
      public Action next(Turn turn, RandomGenerator random) {
        return turn.round() < FIRST_PUTS || isIn(55, random)
            ? new Action(model, put, Value.of(turn.key()), unique(turn))
            : new Action(model, take, Value.of(turn.key()), Value.nil());
      }

      @Override
      public List<Action> closing(long key) {
        Action taking = new Action(model, take, Value.of(key), Value.nil());
        return Collections.nCopies(LAST_TAKES, taking);
      }
    };
  }

  /// A lock: owners are clients, so that one whose acquisition had an unknown outcome releases what
  /// it may hold the next time.
  static KeyedScript lock(String model) {
    return new KeyedScript() {
      @Override
      public Action next(Turn turn, RandomGenerator random) {
        Value owner = Value.of("c" + turn.context().client());
        return new Action(
            model, isIn(50, random) ? "acquire" : "release", Value.of(turn.key()), owner);
      }

      @Override
      public List<Action> closing(long key) {
        return List.of();
      }
    };
  }
}
