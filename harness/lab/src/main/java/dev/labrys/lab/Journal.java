package dev.labrys.lab;

import dev.labrys.checker.Call;
import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Model;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Verdict;
import dev.labrys.cluster.sim.Observer;
import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import java.time.Duration;

/// What the clients of a run asked and were told, and whether a store may answer so.
final class Journal implements Observer {
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(1), 256L << 20, 1);

  private final HistoryBuilder history = new HistoryBuilder();

  @Override
  public void recorded(long timeNanos, Event event) {
    history.add(event);
  }

  /// The history is linearizable, and that is proved. The course takes "nobody knows" for a pass.
  void judge(Model<?> model) {
    History all = history.build();
    if (all.operations().stream().noneMatch(operation -> operation.isOk())) {
      throw new LabFailure("no operation succeeded");
    }
    LinearizabilityChecker checker = LinearizabilityChecker.of(model).within(BUDGET);
    switch (checker.decide(all)) {
      case VALID -> {}
      case INVALID -> throw new LabFailure(reason(checker.check(all)));
      case UNKNOWN, VACUOUS, INCONCLUSIVE ->
          throw new LabFailure(
              "it could not be decided whether the history of %d operations is linearizable"
                  .formatted(all.size()));
    }
  }

  private static String reason(Verdict verdict) {
    return verdict instanceof Verdict.Invalid(Verdict.Counterexample counterexample, _)
        ? "the history is not linearizable: key %s: %s; process %d: %s"
            .formatted(
                counterexample.key(),
                counterexample.reason(),
                counterexample.culprit().process(),
                Call.of(counterexample.culprit()))
        : "the history is not linearizable";
  }
}
