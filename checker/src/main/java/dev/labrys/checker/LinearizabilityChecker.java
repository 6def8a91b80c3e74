package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
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
  private final List<Evidence> evidence;

  private LinearizabilityChecker(
      Model<?> model, SearchBudget budget, Algorithm algorithm, List<Evidence> evidence) {
    this.model = model;
    this.budget = budget;
    this.algorithm = algorithm;
    this.evidence = evidence;
  }

  /// A checker within [SearchBudget#standard], which finds the way by itself.
  public static LinearizabilityChecker of(Model<?> model) {
    return new LinearizabilityChecker(model, SearchBudget.standard(), Algorithm.AUTO, List.of());
  }

  public LinearizabilityChecker within(SearchBudget newBudget) {
    return new LinearizabilityChecker(model, newBudget, algorithm, evidence);
  }

  public LinearizabilityChecker using(Algorithm newAlgorithm) {
    return new LinearizabilityChecker(model, budget, newAlgorithm, evidence);
  }

  /// A checker that also asks `more` about operations of unknown outcome. What the history itself
  /// tells of them it knows already.
  public LinearizabilityChecker with(Evidence more) {
    List<Evidence> all = new ArrayList<>(evidence);
    all.add(more);
    return new LinearizabilityChecker(model, budget, algorithm, List.copyOf(all));
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
    IdentityHashMap<Operation, String> known = new IdentityHashMap<>();
    List<Partition> partitions = partitions(history, known);
    int threads = Math.max(1, Math.min(budget.threads(), partitions.size()));
    Limits limits =
        new Limits(
            start + clamp(budget.timeout()),
            Math.max(1, budget.memoryBytes() / threads),
            new AtomicBoolean());
    PartitionedCheck<S> check =
        new PartitionedCheck<>(new PartitionChecker<>(typed, algorithm, known), partitions, limits);
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
                .formatted(operation.index(), operation.function(), model.name(), functions));
      }
    }
  }

  private List<Partition> partitions(History history, IdentityHashMap<Operation, String> known) {
    List<Operation> operations = history.operations();
    if (!model.isKeyed()) {
      return List.of(partition(Value.nil(), operations, known));
    }
    if (hasOneKey(operations)) {
      return List.of(partition(operations.getFirst().key(), operations, known));
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
    byKey.forEach((key, group) -> partitions.add(partition(key, group, known)));
    return partitions;
  }

  private Partition partition(
      Value key, List<Operation> operations, IdentityHashMap<Operation, String> known) {
    List<Evidence.Finding> findings = new ArrayList<>();
    for (Evidence source : evidence) {
      findings.addAll(source.examine(operations));
    }
    findings.forEach(finding -> known.put(finding.operation(), finding.because()));
    return Narrowing.of(Partition.of(key, operations, model), findings, model);
  }

  private static boolean hasOneKey(List<Operation> operations) {
    if (operations.isEmpty()) {
      return false;
    }
    Value first = operations.getFirst().key();
    for (Operation operation : operations) {
      if (!operation.key().equals(first)) {
        return false;
      }
    }
    return true;
  }
}
