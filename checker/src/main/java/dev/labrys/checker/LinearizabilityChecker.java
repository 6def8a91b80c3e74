package dev.labrys.checker;

import dev.labrys.history.History;

/// Decides whether a history is linearizable with respect to a model: whether each operation can be
/// given one moment between its invocation and its return at which it took effect alone.
public final class LinearizabilityChecker implements Checker {
  private final Model<?> model;
  private final SearchBudget budget;

  private LinearizabilityChecker(Model<?> model, SearchBudget budget) {
    this.model = model;
    this.budget = budget;
  }

  public static LinearizabilityChecker of(Model<?> model) {
    return new LinearizabilityChecker(model, SearchBudget.standard());
  }

  public LinearizabilityChecker within(SearchBudget newBudget) {
    return new LinearizabilityChecker(model, newBudget);
  }

  @Override
  public String name() {
    return "linearizable " + model.name();
  }

  @Override
  public Verdict check(History history) {
    throw new IllegalStateException("budget " + budget + " for " + history.size());
  }
}
