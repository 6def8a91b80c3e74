package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What must be true of verdicts whoever finds them: each [Law], on small histories of every model
/// and on medium ones of every kind of object.
final class PropertyTest {
  private static final int SMALL_RUNS = 400;
  private static final int MEDIUM_RUNS = 4;
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 1 << 20, 1);

  private static List<Model<?>> models() {
    List<Model<?>> models = new ArrayList<>(Models.all());
    models.add(new LossyRegister());
    return models;
  }

  private static History small(Model<?> model, RandomGenerator random) {
    Conversation conversation =
        Conversation.about(model instanceof LossyRegister ? "register" : model.name());
    RandomHistories histories = RandomHistories.of(model, conversation);
    return histories.next(random);
  }

  /// A valid history of 200 to 2000 operations, or one with the smallest damage.
  private static History medium(ObjectKind kind, RandomGenerator random) {
    Recipe recipe =
        Recipe.of(kind)
            .withOperations(200 + random.nextInt(200) * random.nextInt(10))
            .withClients(1 + random.nextInt(8))
            .withCrashFraction(random.nextBoolean() ? 0 : 0.01)
            .withFailFraction(random.nextBoolean() ? 0 : 0.1)
            .withDistinctValues(random.nextBoolean() ? Recipe.UNIQUE : 5)
            .withSeed(new Seed(random.nextLong()));
    History history = recipe.make().history();
    if (random.nextInt(3) > 0) {
      return history;
    }
    List<Corruption> corruptions = Corruption.of(kind);
    return corruptions
        .get(random.nextInt(corruptions.size()))
        .find(kind, history, new Seed(random.nextLong()))
        .map(corrupted -> corrupted.history())
        .orElse(history);
  }

  @TestFactory
  Stream<DynamicTest> smallHistoriesObeyEveryLaw() {
    return models().stream()
        .flatMap(model ->
            Arrays.stream(Law.values())
                .filter(law -> law.holdsFor(model))
                .map(law ->
                    DynamicTest.dynamicTest(
                        model.name() + ": " + law, () -> holdsForSmall(law, model))));
  }

  private static void holdsForSmall(Law law, Model<?> model) {
    Property.forAll(
        SMALL_RUNS,
        (random, size) -> {
          History history = small(model, random);
          Status before = decide(model, history);
          Status after = decide(model, law.retold(history, model, random));

          assertThat(before).isNotEqualTo(Status.UNKNOWN);
          if (law.promise() == Law.Promise.SAME_VERDICT || before == Status.VALID) {
            assertThat(after).isEqualTo(before);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> mediumHistoriesObeyEveryLaw() {
    return Arrays.stream(ObjectKind.values())
        .flatMap(kind ->
            Arrays.stream(Law.values())
                .filter(law -> law.holdsFor(Models.named(kind.model())))
                .map(law ->
                    DynamicTest.dynamicTest(kind + ": " + law, () -> holdsForMedium(law, kind))));
  }

  /// What was decided may be too hard to decide when it is told otherwise.
  private static void holdsForMedium(Law law, ObjectKind kind) {
    Model<?> model = Models.named(kind.model());
    Property.forAll(
        MEDIUM_RUNS,
        (random, size) -> {
          History history = medium(kind, random);
          Status before = decide(model, history);
          Status after = decide(model, law.retold(history, model, random));

          if (before == Status.VALID) {
            assertThat(after).isNotEqualTo(Status.INVALID);
          } else if (before == Status.INVALID && law.promise() == Law.Promise.SAME_VERDICT) {
            assertThat(after).isNotEqualTo(Status.VALID);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void theVerdictOfAWholeIsTheWorstOfItsKeys(ObjectKind kind) {
    Model<?> model = Models.named(kind.model());
    Property.forAll(
        MEDIUM_RUNS,
        (random, size) -> {
          History history = medium(kind, random);
          Map<Value, List<Operation>> parts = new LinkedHashMap<>();
          for (Operation operation : history.operations()) {
            Value key = model.isKeyed() ? operation.key() : Value.nil();
            parts.computeIfAbsent(key, each -> new ArrayList<>()).add(operation);
          }

          Status worst = Status.VALID;
          for (List<Operation> part : parts.values()) {
            worst = worst.worse(decide(model, Retelling.inOrder(part)));
          }

          assertThat(decide(model, history)).isEqualTo(worst);
        });
  }

  @TestFactory
  Stream<DynamicTest> independentKeysDoNotAffectEachOther() {
    return models().stream()
        .filter(Model::isKeyed)
        .map(model ->
            DynamicTest.dynamicTest(
                model.name(),
                () ->
                    Property.forAll(
                        SMALL_RUNS,
                        (random, size) -> {
                          History one = small(model, random);
                          History two = small(model, random);

                          assertThat(decide(model, merged(one, two, random)))
                              .isEqualTo(decide(model, one).worse(decide(model, two)));
                        })));
  }

  /// Both histories at once, on keys of their own.
  private static History merged(History one, History two, RandomGenerator random) {
    int offset = random.nextInt(10);
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : one.operations()) {
      operations.add(withKey(operation, "one"));
    }
    for (Operation operation : two.operations()) {
      Operation own = withKey(Retelling.withProcess(operation, 1000 + operation.process()), "two");
      operations.add(
          Retelling.withPositions(
              own,
              own.callPosition() + offset,
              own.returnPosition() == Operation.NEVER
                  ? Operation.NEVER
                  : own.returnPosition() + offset));
    }
    return Retelling.inOrder(operations);
  }

  private static Operation withKey(Operation operation, String side) {
    return Retelling.withCall(
        operation,
        Value.sequence(Value.of(side), operation.key()),
        operation.input(),
        operation.outcome());
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void whatACertificateSaysIsAHistoryByItself(ObjectKind kind) {
    Model<?> model = Models.named(kind.model());
    LinearizabilityChecker checker = LinearizabilityChecker.of(model).within(BUDGET);
    Property.forAll(
        MEDIUM_RUNS,
        (random, size) -> {
          History history = medium(kind, random);
          if (checker.decide(history) == Status.VALID
              && checker.check(history) instanceof Verdict.Valid valid) {
            for (Verdict.Certificate certificate : valid.certificates()) {
              assertThat(checker.decide(oneAfterAnother(certificate.order())))
                  .isEqualTo(Status.VALID);
            }
          }
        });
  }

  private static History oneAfterAnother(List<Operation> order) {
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : order) {
      int position = 2 * operations.size();
      operations.add(
          Retelling.withIndex(
              Retelling.withPositions(operation, position, position + 1), operations.size()));
    }
    return new History(operations);
  }

  private static Status decide(Model<?> model, History history) {
    return LinearizabilityChecker.of(model).within(BUDGET).decide(history);
  }
}
