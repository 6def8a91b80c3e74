package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.checker.Evidence.Finding;
import dev.labrys.checker.Evidence.NeverHappened;
import dev.labrys.checker.Evidence.TookEffect;
import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvidenceTest {
  private final HistoryBuilder history = new HistoryBuilder();
  private long time;

  @Test
  void anOperationKnownToHaveHappenedCanNoLongerBeLeftOut() {
    lose(1, "write", Value.of(7));
    answer(2, "write", Value.of(8), Value.nil());
    answer(3, "read", Value.nil(), Value.of(8));
    answer(4, "read", Value.nil(), Value.of(8));
    History recorded = history.build();
    Evidence log = ops -> List.of(finding(ops.get(0), new TookEffect(4, 5)));

    Verdict alone = LinearizabilityChecker.of(Models.register()).check(recorded);
    Verdict informed = LinearizabilityChecker.of(Models.register()).with(log).check(recorded);

    assertThat(alone).isInstanceOf(Verdict.Valid.class);
    Verdict.Counterexample why = ((Verdict.Invalid) informed).counterexample();
    assertThat(why.minimal())
        .anySatisfy(part -> assertThat(part.evidence()).isEqualTo("the log says so"));
  }

  @Test
  void anOperationKnownNeverToHaveHappenedExplainsNothing() {
    lose(1, "write", Value.of(7));
    answer(3, "read", Value.nil(), Value.of(7));
    History recorded = history.build();
    Evidence log = ops -> List.of(finding(ops.get(0), new NeverHappened()));

    assertThat(LinearizabilityChecker.of(Models.register()).decide(recorded))
        .isEqualTo(Status.VALID);
    assertThat(LinearizabilityChecker.of(Models.register()).with(log).decide(recorded))
        .isEqualTo(Status.INVALID);
  }

  @Test
  void whatTheHistoryItselfProvesIsShown() {
    lose(1, "write", Value.of(7));
    answer(3, "read", Value.nil(), Value.of(7));
    answer(3, "write", Value.of(8), Value.nil());
    answer(3, "read", Value.nil(), Value.of(7));

    Verdict verdict = LinearizabilityChecker.of(Models.register()).check(history.build());

    Verdict.Counterexample why = ((Verdict.Invalid) verdict).counterexample();
    assertThat(why.minimal())
        .filteredOn(part -> !part.operation().isOk())
        .extracting(Verdict.Contribution::evidence)
        .containsExactly("took effect: operation 1 saw what only it leaves");
  }

  @Test
  void knownOutcomesAreNotOpenToEvidence() {
    answer(1, "write", Value.of(7), Value.nil());
    Operation known = history.build().operations().get(0);

    assertThatThrownBy(() -> finding(known, new NeverHappened()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation 0 has a known outcome");
  }

  @Test
  void nothingTakesEffectBeforeItsCall() {
    answer(1, "write", Value.of(6), Value.nil());
    lose(2, "write", Value.of(7));
    Operation unknown = history.build().operations().get(1);

    assertThatThrownBy(() -> finding(unknown, new TookEffect(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("called at 2");
  }

  private static Finding finding(Operation operation, Evidence.Fate fate) {
    return new Finding(operation, fate, "the log says so");
  }

  private void answer(int process, String function, Value input, Value output) {
    history.add(new Event.Invoked(process, function, Value.nil(), input, time++));
    history.add(new Event.Completed(process, Outcome.ok(output), time++));
  }

  private void lose(int process, String function, Value input) {
    history.add(new Event.Invoked(process, function, Value.nil(), input, time++));
    history.add(new Event.Completed(process, Outcome.unknown(), time++));
  }
}
