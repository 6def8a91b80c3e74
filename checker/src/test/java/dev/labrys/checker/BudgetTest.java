package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.synthetic.Adversary;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a check that may not go on, and of histories at the edges.
final class BudgetTest {
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 1 << 21, 1);
  private static final History HARD = Adversary.SUBSET_SUM_ODD.make(60, new Seed(1));

  /// The four abstract methods and nothing else, as a newcomer would write it.
  private record PlainRegister() implements Model<Value> {
    @Override
    public String name() {
      return "plain register";
    }

    @Override
    public Set<String> functions() {
      return Set.of("read", "write");
    }

    @Override
    public Value initial() {
      return Value.nil();
    }

    @Override
    public List<Value> step(Value state, Call call) {
      return switch (call.function()) {
        case "write" -> List.of(call.input());
        default -> call.mayReturn(state) ? List.of(state) : List.of();
      };
    }
  }

  private static LinearizabilityChecker counter() {
    return LinearizabilityChecker.of(Models.counter());
  }

  private static LinearizabilityChecker register() {
    return LinearizabilityChecker.of(Models.register()).within(BUDGET);
  }

  private static Verdict.Undecided undecided(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
    return (Verdict.Undecided) verdict;
  }

  @Test
  void saysThatMemoryRanOutAndHowFarItGot() {
    Verdict.Undecided verdict = undecided(counter().within(BUDGET).check(HARD));

    assertThat(verdict.reason()).contains("memory");
    assertThat(verdict.operations()).isEqualTo(1);
    assertThat(verdict.established()).isZero();
    assertThat(verdict.key()).isEqualTo(Value.nil());
    assertThat(verdict.effort().configurations()).isPositive();
    assertThat(verdict.effort().operations()).isEqualTo(HARD.size());
    assertThat(verdict.effort().partitions()).isEqualTo(1);
  }

  @Test
  void saysHowManyOperationsItCouldLinearize() {
    History history = Adversary.EULER_TURNED.make(100, new Seed(2));

    Verdict.Undecided verdict =
        undecided(LinearizabilityChecker.of(Models.casRegister()).within(BUDGET).check(history));

    assertThat(verdict.operations()).isEqualTo(101);
    assertThat(verdict.established()).isBetween(50, 100);
  }

  @Test
  void saysThatTimeRanOut() {
    SearchBudget impatient = new SearchBudget(Duration.ofNanos(1), 1L << 40, 1);

    Verdict.Undecided verdict = undecided(counter().within(impatient).check(HARD));

    assertThat(verdict.reason()).contains("time");
    assertThat(verdict.effort().operations()).isEqualTo(HARD.size());
  }

  @Test
  void namesTheKeyThatIsUndecided() {
    History easy = Recipe.of(ObjectKind.COUNTER).withOperations(20).make().history();

    Verdict.Undecided verdict =
        undecided(counter().within(BUDGET.withThreads(2)).check(onTwoKeys(easy, HARD)));

    assertThat(verdict.key()).isEqualTo(Value.of("second"));
    assertThat(verdict.effort().partitions()).isEqualTo(2);
  }

  @Test
  void aContradictionCountsMoreThanWhatIsUndecided() {
    History wrong = Adversary.SUBSET_SUM_ODD.make(2, new Seed(1));

    for (int threads = 1; threads <= 2; threads++) {
      LinearizabilityChecker checker = counter().within(BUDGET.withThreads(threads));
      assertThat(checker.decide(onTwoKeys(HARD, wrong))).isEqualTo(Status.INVALID);
      assertThat(checker.decide(onTwoKeys(wrong, HARD))).isEqualTo(Status.INVALID);
    }
  }

  private static History onTwoKeys(History first, History second) {
    HistoryBuilder builder = new HistoryBuilder();
    addOnKey(builder, "first", 0, first);
    addOnKey(builder, "second", 1000, second);
    return builder.build();
  }

  private static void addOnKey(HistoryBuilder builder, String key, int processes, History history) {
    for (Event event : history.journal()) {
      builder.add(
          switch (event) {
            case Event.Invoked call ->
                new Event.Invoked(
                    processes + call.process(), call.function(), Value.of(key), call.input(), 0);
            case Event.Completed completion ->
                new Event.Completed(processes + completion.process(), completion.outcome(), 0);
            default -> event;
          });
    }
  }

  @Test
  void anInterruptEndsTheCheckAndIsNotSwallowed() {
    for (int threads = 1; threads <= 2; threads++) {
      Thread.currentThread().interrupt();
      Verdict verdict = counter().within(BUDGET.withThreads(threads)).check(onTwoKeys(HARD, HARD));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(undecided(verdict).reason()).contains("interrupted");
    }
  }

  @Test
  void anInterruptFromOutsideEndsALongSearch() throws InterruptedException {
    SearchBudget endless = new SearchBudget(Duration.ofDays(1000), 1L << 28, 2);
    Verdict[] verdicts = new Verdict[1];
    boolean[] wasInterrupted = new boolean[1];
    Thread thread =
        new Thread(() -> {
          verdicts[0] = counter().within(endless).check(onTwoKeys(HARD, HARD));
          wasInterrupted[0] = Thread.currentThread().isInterrupted();
        });

    thread.start();
    thread.interrupt();
    thread.join();

    assertThat(undecided(verdicts[0]).reason()).contains("interrupted");
    assertThat(wasInterrupted[0]).isTrue();
  }

  @Test
  void moreThreadsThanKeysDoNoHarm() {
    History history = Recipe.of(ObjectKind.KV).withKeys(3).make().history();

    Verdict verdict =
        LinearizabilityChecker.of(Models.kv()).within(BUDGET.withThreads(64)).check(history);

    assertThat(Verdicts.status(verdict)).isEqualTo(Status.VALID);
    assertThat(((Verdict.Valid) verdict).certificates()).hasSize(3);
  }

  @Test
  void anEmptyHistoryIsValid() {
    for (Model<?> model : Models.all()) {
      for (Algorithm algorithm : Algorithm.values()) {
        LinearizabilityChecker checker =
            LinearizabilityChecker.of(model).within(BUDGET).using(algorithm);
        Status status = Verdicts.status(checker.check(new History(List.of())));
        if (algorithm != Algorithm.SPECIAL || status != Status.UNKNOWN) {
          assertThat(status).as("%s %s", model.name(), algorithm).isEqualTo(Status.VALID);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void operationsThatNeedNotHaveHappenedAreValid(Algorithm algorithm) {
    for (ObjectKind kind : ObjectKind.values()) {
      Model<?> model = Models.named(kind.model());
      LinearizabilityChecker checker =
          LinearizabilityChecker.of(model).within(BUDGET).using(algorithm);
      Recipe recipe = Recipe.of(kind).withOperations(100);
      for (Recipe each : List.of(recipe.withFailFraction(1), recipe.withCrashFraction(1))) {
        Status status = Verdicts.status(checker.check(each.make().history()));
        if (algorithm != Algorithm.SPECIAL || status != Status.UNKNOWN) {
          assertThat(status).as("%s", kind).isEqualTo(Status.VALID);
        }
      }
    }
  }

  @Test
  void refusesAFunctionThatTheModelDoesNotKnow() {
    History history = Recipe.of(ObjectKind.QUEUE).withOperations(10).make().history();

    assertThatThrownBy(() -> register().check(history))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation 0 calls ")
        .hasMessageContaining("queue")
        .hasMessageContaining("register")
        .hasMessageContaining("read")
        .hasMessageContaining("write");
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void refusesAMalformedArgumentInTheMiddle(Algorithm algorithm) {
    HistoryBuilder builder = new HistoryBuilder();
    for (int i = 0; i < 50; i++) {
      call(builder, i, "add", i == 25 ? Value.of("much") : Value.of(1), Value.nil());
    }
    History history = builder.build();

    assertThatThrownBy(() -> counter().within(BUDGET).using(algorithm).check(history))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add")
        .hasMessageContaining("much");
  }

  private static void call(
      HistoryBuilder builder, int process, String function, Value input, Value output) {
    builder.add(new Event.Invoked(process, function, Value.nil(), input, 0));
    builder.add(new Event.Completed(process, Outcome.ok(output), 0));
  }

  @Test
  void copesWithAHundredThousandProcesses() {
    HistoryBuilder builder = new HistoryBuilder();
    for (int i = 0; i < 50_000; i++) {
      call(builder, 2 * i, "write", Value.of(i), Value.nil());
      call(builder, 2 * i + 1, "read", Value.nil(), Value.of(i));
    }
    History history = builder.build();

    for (Algorithm algorithm : Algorithm.values()) {
      LinearizabilityChecker checker =
          register().within(BUDGET.withMemoryBytes(1 << 28)).using(algorithm);
      assertThat(checker.decide(history)).as("%s", algorithm).isEqualTo(Status.VALID);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"AUTO", "SEARCH", "DEPTH_FIRST", "FRONTIER"})
  void copesWithHundredsOfOpenOperations(Algorithm algorithm) {
    LinearizabilityChecker checker =
        register().within(BUDGET.withMemoryBytes(1 << 26)).using(algorithm);

    assertThat(checker.decide(openWritesAndReads(150, 150))).isEqualTo(Status.VALID);
    assertThat(checker.decide(openWritesAndReads(150, 151))).isEqualTo(Status.INVALID);
  }

  /// Writes of one value that are open all the time, and reads that see it and another by turns:
  /// each of the former needs a write of its own.
  private static History openWritesAndReads(int writes, int turns) {
    HistoryBuilder builder = new HistoryBuilder();
    for (int i = 1; i <= writes; i++) {
      builder.add(new Event.Invoked(i, "write", Value.nil(), Value.of(1), 0));
    }
    for (int i = 0; i < turns; i++) {
      call(builder, 0, "write", Value.of(2), Value.nil());
      call(builder, 0, "read", Value.nil(), Value.of(1));
    }
    for (int i = 1; i <= writes; i++) {
      builder.add(new Event.Completed(i, Outcome.ok(Value.nil()), 0));
    }
    return builder.build();
  }

  @Test
  void aModelOfFourMethodsIsEnough() {
    LinearizabilityChecker checker =
        LinearizabilityChecker.of(new PlainRegister()).within(BUDGET.withMemoryBytes(1 << 24));
    History valid = Recipe.of(ObjectKind.REGISTER).withOperations(500).make().history();
    History invalid = Adversary.ABA.make(8, new Seed(1));

    assertThat(checker.check(valid)).isInstanceOf(Verdict.Valid.class);
    assertThat(checker.check(invalid)).isInstanceOf(Verdict.Invalid.class);
    assertThat(checker.name()).isEqualTo("linearizable plain register");
  }

  /// An object that may forget writes allows all that one allows that never does.
  @Test
  void anObjectWithAChoiceIsDecidedToo() {
    LinearizabilityChecker lossy =
        LinearizabilityChecker.of(new LossyRegister()).within(BUDGET.withMemoryBytes(1 << 24));
    Recipe recipe = Recipe.of(ObjectKind.REGISTER).withOperations(500).withCrashFraction(0.02);
    HistoryBuilder forgetful = new HistoryBuilder();
    HistoryBuilder wrong = new HistoryBuilder();
    for (int i = 1; i <= 500; i++) {
      for (HistoryBuilder builder : List.of(forgetful, wrong)) {
        call(builder, 0, "write", Value.of(i), Value.nil());
      }
      call(forgetful, 0, "read", Value.nil(), Value.of(i > 1 && i % 7 == 1 ? i - 1 : i));
      call(wrong, 0, "read", Value.nil(), Value.of(i == 400 ? 390 : i));
    }

    assertThat(lossy.check(recipe.make().history())).isInstanceOf(Verdict.Valid.class);
    assertThat(lossy.decide(wrong.build())).isEqualTo(Status.INVALID);
    assertThat(lossy.decide(forgetful.build())).isEqualTo(Status.VALID);
  }
}
