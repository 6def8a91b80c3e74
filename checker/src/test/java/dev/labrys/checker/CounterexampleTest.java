package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Explanations of contradictions, each of whose claims is put to brute force.
///
/// `-Dcounterexample.histories=N` says how many of each model.
final class CounterexampleTest {
  private static final int HISTORIES = Integer.getInteger("counterexample.histories", 150);
  private static final String ANY_START = "whatever the value was before these operations";
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 1 << 26, 1);

  @TestFactory
  Stream<DynamicTest> everyClaimOfAnExplanationIsTrue() {
    return Models.all().stream()
        .map(model -> DynamicTest.dynamicTest(model.name(), () -> explanationsAreTrue(model)));
  }

  private static void explanationsAreTrue(Model<?> model) {
    RandomGenerator random = new Seed(11).stream(model.name());
    RandomHistories source = RandomHistories.of(model.name());
    LinearizabilityChecker checker = LinearizabilityChecker.of(model).within(BUDGET);
    int explained = 0;
    for (int i = 0; explained < HISTORIES; i++) {
      History history = source.next(random);
      if (checker.check(history) instanceof Verdict.Invalid invalid) {
        try {
          explanationIsTrue(model, history, invalid.counterexample());
        } catch (AssertionError falsified) {
          throw new AssertionError(
              "%s, history %d: %s%n%s".formatted(model.name(), i, invalid, history), falsified);
        }
        explained++;
      }
    }
  }

  private static void explanationIsTrue(
      Model<?> model, History history, Verdict.Counterexample counterexample) {
    // That an operation failed is known from the beginning: an explanation is written afterwards.
    History part =
        new History(
            history.operations().stream()
                .filter(Operation::mayHaveHappened)
                .filter(op -> !model.isKeyed() || op.key().equals(counterexample.key()))
                .toList());
    int end = counterexample.culprit().returnPosition();
    assertThat(BruteForce.isLinearizable(model, Retelling.upTo(part, end))).isFalse();
    assertThat(BruteForce.isLinearizable(model, Retelling.upTo(part, end - 1))).isTrue();
    assertThat(counterexample.reason()).isNotBlank();
    assertThat(counterexample.procedure()).isNotBlank();

    minimalIsMinimal(model, counterexample);

    List<Operation> known = Retelling.upTo(part, end).operations();
    assertThat(counterexample.attempts()).isNotEmpty();
    counterexample.attempts().forEach(attempt -> attemptIsLegal(model, known, attempt));
  }

  private static void minimalIsMinimal(Model<?> model, Verdict.Counterexample counterexample) {
    List<Verdict.Contribution> minimal = counterexample.minimal();
    List<Model<?>> starts = starts(model, counterexample);
    assertThat(isPossible(starts, operations(minimal))).isFalse();
    assertThat(minimal).contains(new Verdict.Contribution(counterexample.culprit(), true));
    for (int i = 0; i < minimal.size(); i++) {
      if (minimal.get(i).required()) {
        List<Verdict.Contribution> relaxed = new ArrayList<>(minimal);
        relaxed.set(i, new Verdict.Contribution(minimal.get(i).operation(), false));
        if (isToldBy(starts, relaxed)) {
          assertThat(isPossible(starts, operations(relaxed)))
              .as("without %s", minimal.get(i))
              .isTrue();
        }
      }
    }
  }

  /// The model; and, where the explanation says that it holds whatever was there before, the same
  /// from every value that might make a difference.
  private static List<Model<?>> starts(Model<?> model, Verdict.Counterexample counterexample) {
    List<Model<?>> starts = new ArrayList<>();
    starts.add(model);
    if (counterexample.reason().endsWith(ANY_START) && model.shape() instanceof Shape.Cell cell) {
      Set<Value> values = new LinkedHashSet<>();
      values.add(Value.of("a value that nobody sees"));
      values.add(cell.initial());
      for (Operation operation : operations(counterexample.minimal())) {
        switch (cell.interpret().apply(Call.of(operation))) {
          case Shape.Cell.Read read -> values.add(read.value());
          case Shape.Cell.Swap swap -> values.add(swap.from());
          default -> {
            // Depends on nothing.
          }
        }
      }
      values.forEach(value -> starts.add(new CellFrom(model, cell, value)));
    }
    return starts;
  }

  private static boolean isPossible(List<Model<?>> starts, List<Operation> operations) {
    return starts.stream().anyMatch(start -> BruteForce.isLinearizable(start, operations));
  }

  /// A contradiction from every value is only looked for where all operations are those of a cell.
  private static boolean isToldBy(List<Model<?>> starts, List<Verdict.Contribution> contributions) {
    return starts.size() == 1
        || operations(contributions).stream()
            .map(Call::of)
            .noneMatch(call ->
                starts.get(0).shape() instanceof Shape.Cell cell
                    && cell.interpret().apply(call) instanceof Shape.Cell.Other);
  }

  private static List<Operation> operations(List<Verdict.Contribution> contributions) {
    return contributions.stream()
        .map(each -> each.required() ? each.operation() : relaxed(each.operation()))
        .toList();
  }

  private static Operation relaxed(Operation operation) {
    return Retelling.withPositions(
        Retelling.withCall(operation, operation.key(), operation.input(), Outcome.unknown()),
        operation.callPosition(),
        Operation.NEVER);
  }

  /// Replays an attempt on what was known at the culprit's return.
  private static <S> void attemptIsLegal(
      Model<S> model, List<Operation> known, Verdict.Attempt attempt) {
    List<Operation> left = new ArrayList<>(known);
    Set<S> states = Set.of(model.initial());
    assertThat(attempt.states()).hasSize(attempt.order().size() + 1);
    assertThat(attempt.states().get(0)).isEqualTo(model.describe(model.initial()));
    for (int i = 0; i < attempt.order().size(); i++) {
      Operation next = taken(left, attempt.order().get(i).index());
      assertThat(left.stream().filter(Operation::isOk))
          .allMatch(waiting -> waiting.returnPosition() > next.callPosition());
      Set<S> following = new LinkedHashSet<>();
      for (S state : states) {
        following.addAll(model.step(state, Call.of(next)));
      }
      String description = attempt.states().get(i + 1);
      following.removeIf(state -> !model.describe(state).equals(description));
      assertThat(following).isNotEmpty();
      states = following;
    }
    Operation stuck = taken(left, attempt.stuck().index());
    assertThat(stuck.isOk()).isTrue();
    assertThat(left.stream().filter(Operation::isOk))
        .allMatch(other -> other.returnPosition() > stuck.returnPosition());
  }

  private static Operation taken(List<Operation> left, int index) {
    Operation found =
        left.stream().filter(operation -> operation.index() == index).findFirst().orElseThrow();
    left.remove(found);
    return found;
  }

  @ParameterizedTest
  @EnumSource(
      value = Corruption.class,
      names = {"STALE_READ", "FUTURE_READ", "PHANTOM_READ"})
  void aWrongReadAmongThousandsIsExplainedByAFewOperations(Corruption corruption) {
    for (int operations : new int[] {1000, 10_000}) {
      Recipe recipe = Recipe.of(ObjectKind.REGISTER).withOperations(operations).withClients(10);
      History history =
          corruption
              .apply(ObjectKind.REGISTER, recipe.make().history(), new Seed(operations))
              .history();

      Verdict verdict = LinearizabilityChecker.of(Models.register()).within(BUDGET).check(history);

      assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
      assertThat(((Verdict.Invalid) verdict).counterexample().minimal()).hasSizeBetween(1, 10);
    }
  }
}
