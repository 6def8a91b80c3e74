package dev.labrys.workload.example;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;

/// A client of counters in this process.
record MemoryClient(ConcurrentMap<Value, Long> totals) implements Client {
  @Override
  public Reply invoke(Action action, Duration patience) {
    return switch (action.function()) {
      case "read" -> Reply.of(new Outcome.Ok(Value.of(totals.getOrDefault(action.key(), 0L))));
      case "increment" -> {
        totals.merge(action.key(), 1L, Long::sum);
        yield Reply.of(new Outcome.Ok(Value.nil()));
      }
      default -> throw new UnsupportedOperationException("it counts, and does not " + action);
    };
  }

  @Override
  public void close() {}
}
