package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.history.Operation;
import java.util.List;

/// The end of an attempt, where it gets stuck. An attempt is as long as its history; nobody reads a
/// million steps, and each may come with a large state.
///
/// @param skipped how many steps came before
/// @param states one more than `order`: the first is the state before it
record LastSteps(int skipped, List<Operation> order, List<String> states) {
  static final int LIMIT = 1000;

  static LastSteps of(Verdict.Attempt attempt) {
    int size = attempt.order().size();
    int skipped = Math.max(0, size - LIMIT);
    return new LastSteps(
        skipped,
        attempt.order().subList(skipped, size),
        attempt.states().subList(skipped, attempt.states().size()));
  }
}
