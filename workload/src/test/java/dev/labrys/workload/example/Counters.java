package dev.labrys.workload.example;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import dev.labrys.workload.KeyedScript;
import java.util.List;
import java.util.random.RandomGenerator;

/// One increments, nine read.
record Counters() implements KeyedScript {
  @Override
  public Action next(Turn turn, RandomGenerator random) {
    String function = random.nextInt(10) == 0 ? "increment" : "read";
    return new Action("counter", function, Value.of(turn.key()), Value.nil());
  }

  @Override
  public List<Action> closing(long key) {
    return List.of(new Action("counter", "read", Value.of(key), Value.nil()));
  }
}
