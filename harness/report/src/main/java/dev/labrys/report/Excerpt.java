package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The operations of a history that a page shows: all, or so many that a browser can bear. What is
/// left out is far from the counterexample; what the verdict itself names is always in.
///
/// @param operations in order of invocation
/// @param total how many the history has
record Excerpt(List<Operation> operations, Map<Integer, Integer> places, int total) {
  Excerpt {
    operations = List.copyOf(operations);
    places = Map.copyOf(places);
  }

  static Excerpt of(Judgement judgement, int limit) {
    History history = judgement.history();
    if (history.size() <= limit) {
      return of(history.operations(), history.size());
    }
    List<Operation> all = history.operations();
    int from =
        judgement.verdict() instanceof Verdict.Invalid invalid
            ? startAround(all, invalid.counterexample().culprit(), limit)
            : 0;
    TreeSet<Integer> named = named(judgement.verdict());
    List<Operation> shown = new ArrayList<>(limit + named.size());
    for (int i = 0; i < all.size(); i++) {
      if ((i >= from && i - from < limit) || named.contains(all.get(i).index())) {
        shown.add(all.get(i));
      }
    }
    return of(shown, all.size());
  }

  private static Excerpt of(List<Operation> operations, int total) {
    Map<Integer, Integer> places = HashMap.newHashMap(operations.size());
    for (int i = 0; i < operations.size(); i++) {
      places.put(operations.get(i).index(), i);
    }
    return new Excerpt(operations, places, total);
  }

  /// What led to the culprit matters more than what came after it.
  private static int startAround(List<Operation> all, Operation culprit, int limit) {
    int place = 0;
    while (place < all.size() - 1 && all.get(place).index() < culprit.index()) {
      place++;
    }
    return Math.clamp(place - (long) limit / 4 * 3, 0, all.size() - limit);
  }

  private static TreeSet<Integer> named(Verdict verdict) {
    TreeSet<Integer> named = new TreeSet<>();
    if (verdict instanceof Verdict.Invalid(Verdict.Counterexample found, Verdict.Effort effort)) {
      named.add(found.culprit().index());
      found.minimal().forEach(contribution -> named.add(contribution.operation().index()));
      for (Verdict.Attempt attempt : found.attempts()) {
        named.add(attempt.stuck().index());
        LastSteps.of(attempt).order().forEach(operation -> named.add(operation.index()));
      }
    }
    return named;
  }

  boolean isWhole() {
    return operations.size() == total;
  }

  /// The place of `operation` among those shown; -1 if it is not.
  int place(Operation operation) {
    return places.getOrDefault(operation.index(), -1);
  }
}
