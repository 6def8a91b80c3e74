package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Seed;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every procedure against brute force, on small random histories of every model.
///
/// `-Doracle.histories=N` says how many in all (the long form is a million); `-Doracle.seed=S`
/// which.
final class OracleTest {
  private static final int HISTORIES = Integer.getInteger("oracle.histories", 40_000);
  private static final long SEED = Long.getLong("oracle.seed", 2);
  private static final int NEVER = -1;
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 1 << 28, 1);

  @TestFactory
  Stream<DynamicTest> allProceduresAgreeWithBruteForce() {
    List<Model<?>> models = Models.all();
    int each = Math.max(1, HISTORIES / models.size());
    return models.stream()
        .map(model -> DynamicTest.dynamicTest(model.name(), () -> compare(model, each)));
  }

  private static void compare(Model<?> model, int histories) {
    RandomGenerator random = new Seed(SEED).stream(model.name());
    RandomHistories source = RandomHistories.of(model.name());
    int invalid = 0;
    for (int i = 0; i < histories; i++) {
      History history = source.next(random);
      boolean expected = BruteForce.isLinearizable(model, history);
      invalid += expected ? 0 : 1;
      String place = "history %d of seed %d".formatted(i, SEED);
      for (Algorithm algorithm : Algorithm.values()) {
        compare(model, history, algorithm, expected, place);
      }
      compareStreaming(model, history, expected, place);
    }
    // Both verdicts must be common, or agreement means little.
    assertThat(invalid).isBetween(histories / 50, histories - histories / 50);
  }

  private static void compare(
      Model<?> model, History history, Algorithm algorithm, boolean expected, String place) {
    LinearizabilityChecker checker =
        LinearizabilityChecker.of(model).within(BUDGET).using(algorithm);
    Status status;
    try {
      status = expected ? statusOfProof(checker, history) : checker.decide(history);
    } catch (RuntimeException failure) {
      throw new AssertionError(describe(model, history, algorithm, place), failure);
    }
    if (status == Status.UNKNOWN && algorithm == Algorithm.SPECIAL) {
      return;
    }
    assertThat(status)
        .as(() -> describe(model, history, algorithm, place))
        .isEqualTo(expected ? Status.VALID : Status.INVALID);
  }

  /// The streaming checker must agree, and tell of a violation at the very event that proves it.
  private static void compareStreaming(
      Model<?> model, History history, boolean expected, String place) {
    compareStreaming(StreamingChecker.of(model), model, history, expected, place);
    StreamingChecker tired = StreamingChecker.of(model).restingAfter(1);
    compareStreaming(tired, model, history, expected, place + ", resting");
  }

  private static void compareStreaming(
      StreamingChecker checker, Model<?> model, History history, boolean expected, String place) {
    List<Event> journal = history.journal();
    int reported = NEVER;
    for (int i = 0; i < journal.size() && reported == NEVER; i++) {
      reported = checker.accept(journal.get(i)).isPresent() ? i : NEVER;
    }
    int certain = expected ? NEVER : firstCertain(model, journal);
    assertThat(reported)
        .as(() -> describe(model, history, Algorithm.FRONTIER, place + ", streaming"))
        .isEqualTo(certain);
    assertThat(checker.close()).isEqualTo(expected ? Status.VALID : Status.INVALID);
  }

  private static int firstCertain(Model<?> model, List<Event> journal) {
    HistoryBuilder prefix = new HistoryBuilder();
    for (int i = 0; i < journal.size(); i++) {
      prefix.add(journal.get(i));
      if (!BruteForce.isLinearizable(model, prefix.build())) {
        return i;
      }
    }
    return NEVER;
  }

  /// A valid history must come with a certificate, which the check verifies.
  private static Status statusOfProof(LinearizabilityChecker checker, History history) {
    return switch (checker.check(history)) {
      case Verdict.Valid valid -> Status.VALID;
      case Verdict.Invalid invalid -> Status.INVALID;
      case Verdict.Undecided undecided -> Status.UNKNOWN;
    };
  }

  private static String describe(
      Model<?> model, History history, Algorithm algorithm, String place) {
    StringBuilder text = new StringBuilder();
    text.append("%s, %s, %s:%n".formatted(model.name(), algorithm, place));
    history
        .operations()
        .forEach(op ->
            text.append(
                "  [%d,%s] p%d key %s %s %s%n"
                    .formatted(
                        op.callPosition(),
                        op.isOk() ? "" + op.returnPosition() : "-",
                        op.process(),
                        op.key(),
                        Call.of(op),
                        op.mayHaveHappened() ? "" : "failed")));
    return text.toString();
  }
}
