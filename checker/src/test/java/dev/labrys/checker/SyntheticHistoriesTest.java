package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.History;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.Adversary;
import dev.labrys.synthetic.Corrupted;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Histories of hundreds of operations whose verdict is known from how they were made. Where the
/// problem is hard in general, it may be left undecided for want of memory, but never decided
/// wrongly.
final class SyntheticHistoriesTest {
  private static final int OPERATIONS = 400;
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 1 << 25, 1);
  private static final SearchBudget SMALL_BUDGET =
      new SearchBudget(Duration.ofMinutes(5), 1 << 21, 1);

  /// What makes histories difficult.
  private enum Difficulty {
    NONE(recipe -> recipe),
    KEYS(recipe -> recipe.withKeys(7).withKeySkew(1)),
    CLIENTS(recipe -> recipe.withClients(25)),
    VALUES_USED_AGAIN(recipe -> recipe.withDistinctValues(4)),
    FAILURES(recipe -> recipe.withFailFraction(0.2)),
    CRASHES(recipe -> recipe.withCrashFraction(0.02)),
    ALL(recipe ->
        recipe
            .withKeys(4)
            .withClients(8)
            .withDistinctValues(6)
            .withFailFraction(0.1)
            .withCrashFraction(0.02));

    // An operator without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Recipe> change;

    Difficulty(UnaryOperator<Recipe> change) {
      this.change = change;
    }

    Recipe recipe(ObjectKind kind) {
      return change.apply(Recipe.of(kind).withOperations(OPERATIONS)).withSeed(new Seed(ordinal()));
    }

    /// Whether these may be too hard to decide.
    boolean maybeTooMuchFor(ObjectKind kind) {
      return switch (this) {
        case NONE, KEYS, FAILURES -> false;
        case CLIENTS ->
            EnumSet.of(
                    ObjectKind.MULTI_REGISTER,
                    ObjectKind.COUNTER,
                    ObjectKind.UNORDERED_QUEUE,
                    ObjectKind.SET,
                    ObjectKind.BANK)
                .contains(kind);
        case VALUES_USED_AGAIN, CRASHES, ALL ->
            EnumSet.of(
                    ObjectKind.MULTI_REGISTER,
                    ObjectKind.QUEUE,
                    ObjectKind.UNORDERED_QUEUE,
                    ObjectKind.STACK,
                    ObjectKind.BANK)
                .contains(kind);
      };
    }
  }

  static Stream<Arguments> corruptions() {
    List<Arguments> pairs = new ArrayList<>();
    for (ObjectKind kind : ObjectKind.values()) {
      Corruption.of(kind).forEach(corruption -> pairs.add(Arguments.of(kind, corruption)));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void whatReallyHappenedIsValid(ObjectKind kind) {
    for (Difficulty difficulty : Difficulty.values()) {
      History history = difficulty.recipe(kind).make().history();

      Verdict verdict = checker(kind).check(history);

      Status status = Verdicts.status(verdict);
      assertThat(status)
          .as("%s", difficulty)
          .isIn(allowed(Status.VALID, difficulty.maybeTooMuchFor(kind)));
      assertThat(searchAlone(kind, history)).as("%s", difficulty).isNotEqualTo(Status.INVALID);
    }
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void whatCannotHaveHappenedIsInvalid(ObjectKind kind, Corruption corruption) {
    int corrupted = 0;
    for (Difficulty difficulty : Difficulty.values()) {
      History valid = difficulty.recipe(kind).make().history();
      Optional<Corrupted> invalid = corruption.find(kind, valid, new Seed(difficulty.ordinal()));
      if (invalid.isPresent()) {
        corrupted++;
        History history = invalid.get().history();
        assertThat(checker(kind).decide(history))
            .as("%s: %s", difficulty, invalid.get().change())
            .isIn(allowed(Status.INVALID, difficulty.maybeTooMuchFor(kind)));
      }
    }
    assertThat(corrupted).isGreaterThanOrEqualTo(Difficulty.values().length / 2);
  }

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void smallHardHistoriesAreDecided(Adversary adversary) {
    for (int size = Adversary.SMALLEST; size <= 10; size++) {
      History history = adversary.make(size, new Seed(size));
      for (Algorithm algorithm : Algorithm.values()) {
        boolean maybeUndecided =
            algorithm == Algorithm.SPECIAL || (size > 4 && algorithm != Algorithm.AUTO);
        assertThat(hardStatus(adversary, history, algorithm))
            .as("size %d, %s", size, algorithm)
            .isIn(allowed(expected(adversary), maybeUndecided));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void largeHardHistoriesAreNeverDecidedWrongly(Adversary adversary) {
    for (int size : new int[] {30, 70, 150}) {
      History history = adversary.make(size, new Seed(size));
      for (Algorithm algorithm : Algorithm.values()) {
        assertThat(hardStatus(adversary, history, algorithm))
            .as("size %d, %s", size, algorithm)
            .isIn(allowed(expected(adversary), true));
      }
    }
  }

  /// The families that have an efficient answer must get it at any size.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SUBSET_SUM", "SUBSET_SUM_ODD", "EULER_TURNED", "EULER_TRANSACTIONS_TURNED"})
  void whatIsHardForNaiveSearchesOnlyIsDecided(Adversary adversary) {
    History history = adversary.make(200, new Seed(3));

    assertThat(hardStatus(adversary, history, Algorithm.AUTO)).isEqualTo(expected(adversary));
  }

  private static Status expected(Adversary adversary) {
    return adversary.isLinearizable() ? Status.VALID : Status.INVALID;
  }

  private static Set<Status> allowed(Status right, boolean maybeUndecided) {
    return maybeUndecided ? EnumSet.of(right, Status.UNKNOWN) : EnumSet.of(right);
  }

  private static Status hardStatus(Adversary adversary, History history, Algorithm algorithm) {
    return checker(adversary.kind()).within(SMALL_BUDGET).using(algorithm).decide(history);
  }

  private static Status searchAlone(ObjectKind kind, History history) {
    return checker(kind).within(SMALL_BUDGET).using(Algorithm.SEARCH).decide(history);
  }

  private static LinearizabilityChecker checker(ObjectKind kind) {
    return LinearizabilityChecker.of(Models.named(kind.model())).within(BUDGET);
  }
}
