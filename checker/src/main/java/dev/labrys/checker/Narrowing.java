package dev.labrys.checker;

import dev.labrys.checker.Evidence.Finding;
import dev.labrys.history.Operation;
import java.util.IdentityHashMap;
import java.util.List;

/// Applies evidence to a partition, and the answers about the narrower one to the original.
///
/// @param partition what is left: the same operations, fewer, or with earlier deadlines
/// @param original what it was made from
record Narrowing(Partition partition, Partition original) {

  /// What somebody's evidence leaves.
  static Partition of(Partition original, List<Finding> findings, Model<?> model) {
    if (findings.isEmpty()) {
      return original;
    }
    IdentityHashMap<Operation, Finding> byOperation = new IdentityHashMap<>();
    for (Finding finding : findings) {
      byOperation.put(finding.operation(), finding);
    }
    int[] calls = new int[original.size()];
    int[] deadlines = new int[original.size()];
    for (int i = 0; i < original.size(); i++) {
      calls[i] = original.callAt(i);
      deadlines[i] = original.returnAt(i);
      Finding finding = byOperation.get(original.operation(i));
      if (finding == null) {
        continue;
      }
      switch (finding.fate()) {
        case Evidence.NeverHappened never -> deadlines[i] = -1;
        case Evidence.TookEffect effect -> {
          calls[i] = Math.max(calls[i], effect.from());
          deadlines[i] = effect.by();
        }
      }
    }
    return original.withTimes(calls, deadlines, model);
  }

  /// What the history itself leaves: optional operations that were seen are required, others whose
  /// traces nobody saw are left out.
  static Narrowing of(Partition original, Model<?> model, Shape shape) {
    TraceEvidence evidence =
        original.required() == original.size() ? null : TraceEvidence.of(original, shape);
    if (evidence == null) {
      return new Narrowing(original, original);
    }
    Partition seen = original.withDeadlines(evidence.deadlines(), model);
    return new Narrowing(Traces.withoutUnseen(seen, model), original);
  }

  /// The decision in terms of the original.
  Decision translate(Decision decision) {
    if (partition == original) {
      return decision;
    }
    return switch (decision.answer()) {
      case Answer.Linearizable valid ->
          decision.withAnswer(new Answer.Linearizable(translate(valid.order())));
      case Answer.Contradiction invalid ->
          decision.withAnswer(
              new Answer.Contradiction(invalid.reason(), translate(invalid.operations())));
      case Answer.Undecided none -> decision;
      case Answer.GaveUp none -> decision;
    };
  }

  private int[] translate(int[] operations) {
    IdentityHashMap<Operation, Integer> places = new IdentityHashMap<>(original.size());
    for (int i = 0; i < original.size(); i++) {
      places.put(original.operation(i), i);
    }
    int[] translated = new int[operations.length];
    for (int i = 0; i < operations.length; i++) {
      Integer place = places.get(partition.operation(operations[i]));
      if (place == null) {
        throw new IllegalStateException("evidence added an operation");
      }
      translated[i] = place;
    }
    return translated;
  }
}
