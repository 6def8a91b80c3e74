package dev.labrys.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Event;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SyntheticHistoryTest {

  /// Without crashes for unordered queues: nobody knows what a dequeue of unknown outcome took.
  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void everyKindAnswersInTheOrderInWhichOperationsTookEffect(ObjectKind kind) {
    for (int clients : new int[] {1, 2, 5, 30}) {
      for (int keys : new int[] {1, 2, 17}) {
        Recipe recipe =
            Recipe.of(kind)
                .withOperations(400)
                .withClients(clients)
                .withKeys(keys)
                .withCrashFraction(kind == ObjectKind.UNORDERED_QUEUE ? 0 : 0.05)
                .withFailFraction(0.03)
                .withSeed(new Seed(clients * 100L + keys));

        assertIsLinearization(kind, recipe.make());
        assertIsLinearization(kind, recipe.withDistinctValues(3).make());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void smallHistoriesAreLinearizable(ObjectKind kind) {
    Recipe recipe = Recipe.of(kind).withOperations(7).withClients(3).withCrashFraction(0.2);

    for (int seed = 0; seed < 100; seed++) {
      SyntheticHistory made = recipe.withSeed(new Seed(seed)).make();

      assertThat(BruteForce.isLinearizable(kind, made.history())).as("seed %d", seed).isTrue();
    }
  }

  private static void assertIsLinearization(ObjectKind kind, SyntheticHistory made) {
    List<Operation> operations = made.history().operations();
    Map<Value, Object> states = new HashMap<>();
    Map<Value, List<Operation>> byKey = new HashMap<>();
    operations.forEach(o -> byKey.computeIfAbsent(o.key(), key -> new ArrayList<>()).add(o));
    Set<Integer> happened = new HashSet<>();
    int latestCall = -1;
    for (int index : made.linearization()) {
      Operation operation = operations.get(index);
      latestCall = Math.max(latestCall, operation.callPosition());
      if (operation.isOk()) {
        assertThat(operation.returnPosition()).as("%s", operation).isGreaterThan(latestCall);
      }
      assertThat(operation.mayHaveHappened()).isTrue();
      assertThat(happened.add(index)).as("%s happens once", operation).isTrue();
      Object state =
          states.computeIfAbsent(
              operation.key(), key -> Reference.initial(kind, byKey.getOrDefault(key, List.of())));
      List<Object> next = Reference.step(kind, state, operation);
      assertThat(next).as("%s in %s", operation, state).isNotEmpty();
      states.put(operation.key(), next.getFirst());
    }
    for (Operation operation : operations) {
      assertThat(operation.isOk() && !happened.contains(operation.index())).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void equalRecipesMakeEqualHistories(ObjectKind kind) {
    Recipe recipe = Recipe.of(kind).withClients(7).withCrashFraction(0.02).withSeed(new Seed(77));

    SyntheticHistory first = recipe.make();
    SyntheticHistory second = recipe.make();
    SyntheticHistory other = recipe.withSeed(new Seed(78)).make();

    assertThat(first).isEqualTo(second);
    assertThat(first.history().size()).isEqualTo(1000);
    assertThat(first.history()).isNotEqualTo(other.history());
  }

  /// If the number has to change, recipes make other histories than before: say so in the
  /// changelog.
  @Test
  void aRecipeMakesTheSameHistoryInEveryVersion() {
    CRC32 sum = new CRC32();
    for (ObjectKind kind : ObjectKind.values()) {
      Recipe recipe = Recipe.of(kind).withClients(9).withCrashFraction(0.02).withKeySkew(0.5);
      for (Operation operation : recipe.withKeys(7).make().history().operations()) {
        String line =
            operation.process()
                + operation.function()
                + operation.key()
                + operation.input()
                + operation.output()
                + operation.callTime()
                + operation.returnTime();
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }

    assertThat(sum.getValue()).isEqualTo(486_781_310L);
  }

  @Test
  void theStreamIsTheHistory() {
    Recipe recipe = Recipe.of(ObjectKind.KV).withKeys(4).withCrashFraction(0.1);
    HistoryBuilder builder = new HistoryBuilder();

    Iterator<Event> events = recipe.events();
    long previous = -1;
    while (events.hasNext()) {
      Event event = events.next();
      assertThat(event.time()).isGreaterThan(previous);
      previous = event.time();
      builder.add(event);
    }

    assertThat(builder.build()).isEqualTo(recipe.make().history());
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void somethingHappensInEveryHistory(ObjectKind kind) {
    Recipe recipe = Recipe.of(kind).withClients(8).withCrashFraction(0.01).withOperations(3000);

    List<Operation> operations = recipe.make().history().operations();

    assertThat(operations.stream().filter(Operation::isOk).count()).isGreaterThan(1500);
    assertThat(operations.stream().map(Operation::function).distinct().count())
        .isEqualTo(numberOfFunctions(kind));
  }

  private static int numberOfFunctions(ObjectKind kind) {
    return switch (kind) {
      case UNIQUE_ID, LIST_APPEND, MULTI_REGISTER -> 1;
      case CAS_REGISTER, KV, KV_STRING -> 3;
      case SET -> 4;
      default -> 2;
    };
  }

  @Test
  void crashedClientsGoOnAsNewProcesses() {
    SyntheticHistory made =
        Recipe.of(ObjectKind.REGISTER).withOperations(5000).withCrashFraction(0.1).make();
    List<Operation> operations = made.history().operations();

    Set<Integer> crashed = new HashSet<>();
    int unknown = 0;
    int silent = 0;
    for (Operation operation : operations) {
      assertThat(crashed).doesNotContain(operation.process());
      if (operation.outcome() instanceof Outcome.Unknown) {
        crashed.add(operation.process());
        unknown++;
        silent += operation.returnPosition() == Operation.NEVER ? 1 : 0;
      }
    }
    long happened =
        made.linearization().stream()
            .filter(i -> operations.get(i).outcome() instanceof Outcome.Unknown)
            .count();
    long late =
        made.linearization().stream()
            .filter(i -> operations.get(i).outcome() instanceof Outcome.Unknown)
            .filter(i -> tookEffectAfterReturn(made, i))
            .count();

    assertThat(unknown).isBetween(450, 550);
    assertThat(silent).isBetween(80, 170);
    assertThat(happened).isBetween(200L, 300L);
    assertThat(late).isGreaterThan(80);
  }

  /// Whether an operation called after `index` returned took effect before it.
  private static boolean tookEffectAfterReturn(SyntheticHistory made, int index) {
    List<Operation> operations = made.history().operations();
    int returned = operations.get(index).returnPosition();
    for (int earlier : made.linearization()) {
      if (earlier == index) {
        return false;
      }
      if (operations.get(earlier).callPosition() > returned) {
        return true;
      }
    }
    throw new IllegalArgumentException("operation " + index + " did not take effect");
  }

  @Test
  void uniqueValuesAreWrittenOnce() {
    Recipe recipe = Recipe.of(ObjectKind.CAS_REGISTER).withClients(10).withOperations(5000);
    Set<Value> written = new HashSet<>();

    for (Operation operation : recipe.make().history().operations()) {
      Value value =
          operation.input() instanceof Value.Sequence pair ? pair.item(1) : operation.input();
      assertThat(value.isNil() || written.add(value)).as("%s", operation).isTrue();
    }
  }

  @Test
  void skewedKeysAreUsedByZipfsLaw() {
    Recipe recipe = Recipe.of(ObjectKind.KV).withKeys(100).withKeySkew(1).withOperations(20_000);
    int[] uses = new int[100];

    for (Operation operation : recipe.make().history().operations()) {
      uses[(int) ((Value.Int) operation.key()).number()]++;
    }

    assertThat(uses[0]).isBetween(3500, 4200);
    assertThat(uses[9]).isBetween(330, 450);
  }

  @Test
  void concurrencyIsThatOfTheClients() {
    Recipe recipe = Recipe.of(ObjectKind.REGISTER).withClients(30).withThinkNanos(0);
    int open = 0;
    int most = 0;

    Iterator<Event> events = recipe.events();
    while (events.hasNext()) {
      open += events.next() instanceof Event.Invoked ? 1 : -1;
      most = Math.max(most, open);
    }

    assertThat(most).isEqualTo(30);
    assertThat(open).isZero();
  }

  @Test
  void impossibleRecipesAreRefused() {
    Recipe recipe = Recipe.of(ObjectKind.QUEUE);

    assertThatThrownBy(() -> recipe.withClients(0)).hasMessageContaining("clients: 0");
    assertThatThrownBy(() -> recipe.withKeys(-1)).hasMessageContaining("keys: -1");
    assertThatThrownBy(() -> recipe.withCrashFraction(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> recipe.withCrashFraction(0.7).withFailFraction(0.7))
        .hasMessageContaining("more than 1 together");
    assertThatThrownBy(() -> ObjectKind.named("toaster")).hasMessageContaining("cas-register");
    assertThat(ObjectKind.named("fenced-mutex")).isEqualTo(ObjectKind.FENCED_MUTEX);
  }
}
