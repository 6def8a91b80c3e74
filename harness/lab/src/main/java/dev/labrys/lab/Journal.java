package dev.labrys.lab;

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
  private static final long MEMORY_BYTES = 256L << 20;

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
    SearchBudget budget = new SearchBudget(Duration.ofMinutes(1), MEMORY_BYTES, 1);
    LinearizabilityChecker checker = LinearizabilityChecker.of(model).within(budget);
    switch (checker.decide(all)) {
      case VALID -> {}
      case UNKNOWN, VACUOUS, INCONCLUSIVE, INVALID ->
          throw new LabFailure(reason(checker.check(all)));
    }
  }

  private static String reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid _ -> throw new IllegalStateException("the checker contradicts itself");
      case Verdict.Undecided undecided ->
          "it could not be decided whether the history is linearizable: " + undecided.reason();
      case Verdict.Invalid(Verdict.Counterexample counterexample, _) ->
          "the history is not linearizable: key %s: %s; process %d: %s%s -> %s"
              .formatted(
                  counterexample.key(),
                  counterexample.reason(),
                  counterexample.culprit().process(),
                  counterexample.culprit().function(),
                  counterexample.culprit().input().isNil()
                      ? ""
                      : " " + counterexample.culprit().input(),
                  counterexample.culprit().output());
    };
  }
}
