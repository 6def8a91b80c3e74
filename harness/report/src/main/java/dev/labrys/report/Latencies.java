package dev.labrys.report;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How long the operations of a run took, by what was asked.
///
/// @param functions in alphabetical order
public record Latencies(List<OfFunction> functions) {
  public Latencies {
    functions = List.copyOf(functions);
  }

  /// The operations with one function. The percentiles are of those that are ok, each the least
  /// latency that no smaller part of them exceeds (nearest rank); 0 if there are none.
  ///
  /// @param function what was asked
  /// @param ok how many took effect and were answered
  /// @param failed how many certainly had no effect
  /// @param unknown how many may have taken effect, or may still
  public record OfFunction(
      String function,
      int ok,
      int failed,
      int unknown,
      long p50Nanos,
      long p90Nanos,
      long p99Nanos,
      long p999Nanos,
      long mostNanos) {}

  public static Latencies of(History history) {
    Map<String, List<Operation>> byFunction = new TreeMap<>();
    for (Operation operation : history.operations()) {
      byFunction.computeIfAbsent(operation.function(), _ -> new ArrayList<>()).add(operation);
    }
    return new Latencies(
        byFunction.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList());
  }

  private static OfFunction of(String function, List<Operation> operations) {
    long[] sorted =
        operations.stream()
            .filter(Operation::isOk)
            .mapToLong(operation -> operation.returnTime() - operation.callTime())
            .sorted()
            .toArray();
    int failed =
        Math.toIntExact(
            operations.stream()
                .filter(operation -> operation.outcome() instanceof Outcome.Failed)
                .count());
    return new OfFunction(
        function,
        sorted.length,
        failed,
        operations.size() - sorted.length - failed,
        percentile(sorted, 500),
        percentile(sorted, 900),
        percentile(sorted, 990),
        percentile(sorted, 999),
        percentile(sorted, 1000));
  }

  static long percentile(long[] sorted, int perMille) {
    if (sorted.length == 0) {
      return 0;
    }
    long rank = Math.ceilDiv((long) sorted.length * perMille, 1000L);
    return sorted[Math.toIntExact(Math.max(rank, 1)) - 1];
  }
}
