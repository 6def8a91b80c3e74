package dev.labrys.bench;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Models;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.synthetic.Recipe;

/// A synthetic history, and the checker whose speed on it is measured.
///
/// @param history valid by construction
record Specimen(History history, LinearizabilityChecker checker) {

  /// Makes the history of `recipe`, and prints how to make it again.
  static Specimen of(Recipe recipe, int threads) {
    System.out.println(recipe);
    return new Specimen(
        recipe.make().history(),
        LinearizabilityChecker.of(Models.named(recipe.kind().model()))
            .within(SearchBudget.standard().withThreads(threads)));
  }

  /// The verdict alone. Fast but wrong answers are not worth measuring.
  Status decide() {
    Status status = checker.decide(history);
    if (status != Status.VALID) {
      throw new IllegalStateException("a valid history was judged " + status);
    }
    return status;
  }

  /// The verdict and a verified linearization.
  Verdict check() {
    Verdict verdict = checker.check(history);
    if (!(verdict instanceof Verdict.Valid)) {
      throw new IllegalStateException("a valid history was judged " + verdict);
    }
    return verdict;
  }
}
