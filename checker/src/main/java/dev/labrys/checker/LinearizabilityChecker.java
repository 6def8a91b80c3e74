package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Decides whether a history is linearizable with respect to a model: whether each operation can be
/// given one moment between its invocation and its return at which it took effect alone.
///
/// ```java
/// Verdict verdict = LinearizabilityChecker.of(Models.register()).check(history);
/// ```
///
/// Keys are checked apart, several at a time. Immutable; may be used from several threads.
public final class LinearizabilityChecker implements Checker {
  private final Model<?> model;
  private final SearchBudget budget;
  private final Algorithm algorithm;

  private LinearizabilityChecker(Model<?> model, SearchBudget budget, Algorithm algorithm) {
    this.model = model;
    this.budget = budget;
    this.algorithm = algorithm;
  }

  /// A checker within [SearchBudget#standard], which finds the way by itself.
  public static LinearizabilityChecker of(Model<?> model) {
    return new LinearizabilityChecker(model, SearchBudget.standard(), Algorithm.AUTO);
  }

  public LinearizabilityChecker within(SearchBudget newBudget) {
    return new LinearizabilityChecker(model, newBudget, algorithm);
  }

  public LinearizabilityChecker using(Algorithm newAlgorithm) {
    return new LinearizabilityChecker(model, budget, newAlgorithm);
  }

  @Override
  public String name() {
    return "linearizable " + model.name();
  }

  /// The verdict with its proof: a verified linearization, or a minimized counterexample.
  ///
  /// @throws IllegalArgumentException if an operation is not one of the model's
  @Override
  public Verdict check(History history) {
    return run(model, history).verdict();
  }

  /// The verdict alone, which is all that a benchmark or a search for bad seeds needs.
  ///
  /// @throws IllegalArgumentException if an operation is not one of the model's
  public Status decide(History history) {
    return run(model, history).status();
  }

  private <S> PartitionedCheck<S> run(Model<S> typed, History history) {
    long start = System.nanoTime();
    requireKnownFunctions(history);
    List<Partition> partitions = partitions(history);
    int threads = Math.max(1, Math.min(budget.threads(), partitions.size()));
    Limits limits =
        new Limits(
            start + clamp(budget.timeout()),
            Math.max(1, budget.memoryBytes() / threads),
            new AtomicBoolean());
    PartitionedCheck<S> check =
        new PartitionedCheck<>(new PartitionChecker<>(typed, algorithm), partitions, limits);
    check.run(threads, start, history.size());
    return check;
  }

  private static long clamp(Duration timeout) {
    Duration longest = Duration.ofDays(365);
    return (timeout.compareTo(longest) < 0 ? timeout : longest).toNanos();
  }

  private void requireKnownFunctions(History history) {
    Set<String> functions = model.functions();
    for (Operation operation : history.operations()) {
      if (!functions.contains(operation.function())) {
        throw new IllegalArgumentException(
            "operation %d calls %s, which model %s does not know; it knows %s"
                .formatted(
                    operation.index(), operation.function(), model.name(), functions));
      }
    }
  }

  private List<Partition> partitions(History history) {
    List<Operation> operations = history.operations();
    if (!model.isKeyed()) {
      return List.of(Partition.of(Value.nil(), operations, model));
    }
    Map<Value, List<Operation>> byKey = new LinkedHashMap<>();
    Value lastKey = null;
    List<Operation> last = List.of();
    for (Operation operation : operations) {
      if (lastKey == null || !lastKey.equals(operation.key())) {
        lastKey = operation.key();
        last = byKey.computeIfAbsent(lastKey, key -> new ArrayList<>());
      }
      last.add(operation);
    }
    List<Partition> partitions = new ArrayList<>(byKey.size());
    byKey.forEach((key, group) -> partitions.add(Partition.of(key, group, model)));
    return partitions;
  }
}
