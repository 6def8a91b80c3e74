package dev.labrys.checker;

import java.util.List;

/// The ways to judge a history that come with Labrys, by the names that workloads use.
public final class Checkers {
  private static final String LINEARIZABLE = "linearizable";
  private static final String LINEARIZABLE_BY_KEY = "linearizable-by-key";
  private static final String MONOTONIC = "monotonic";
  private static final String ONE_HOLDER = "one-holder";

  private Checkers() {}

  /// The names there are.
  public static List<String> names() {
    return List.of(LINEARIZABLE, LINEARIZABLE_BY_KEY, MONOTONIC, ONE_HOLDER);
  }

  /// The checker of that name.
  ///
  /// @param model what the operations are of
  /// @param budget within which it has to decide, if it searches
  /// @throws IllegalArgumentException if there is none, naming those there are
  public static Checker named(String name, Model<?> model, SearchBudget budget) {
    return switch (name) {
      case LINEARIZABLE -> LinearizabilityChecker.of(model).within(budget);
      case LINEARIZABLE_BY_KEY -> LinearizabilityChecker.of(Models.byKey(model)).within(budget);
      case MONOTONIC -> new MonotonicChecker();
      case ONE_HOLDER -> new OneHolderChecker();
      default -> throw new IllegalArgumentException(NearMisses.complaint("checker", name, names()));
    };
  }
}
