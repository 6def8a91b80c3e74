package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MonotonicCheckerTest {
  private static final Value A = Value.of("a");
  private static final Value B = Value.of("b");

  private final Recorder recorder = Recorder.inMemory(() -> 0);

  @Test
  void readsMayStandStillAndGrow() {
    read(0, A, 3);
    read(1, A, 3);
    read(0, A, 5);

    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Valid.class,
            valid -> assertThat(valid.certificates().getFirst().order()).hasSize(3));
  }

  @Test
  void anotherClientMaySeeNoLess() {
    read(0, A, 5);
    read(1, A, 3);

    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> {
              assertThat(invalid.counterexample().reason()).contains("saw 3").contains("seen 5");
              assertThat(invalid.counterexample().culprit().process()).isEqualTo(1);
              assertThat(invalid.counterexample().minimal()).hasSize(2);
            });
  }

  @Test
  void readsAtTheSameTimeHaveNoOrder() {
    recorder.invoke(0, "read", A, Value.nil());
    recorder.invoke(1, "read", A, Value.nil());
    recorder.ok(0, Value.of(5));
    recorder.ok(1, Value.of(3));

    assertThat(verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void keysAreWatchedApart() {
    read(0, A, 5);
    read(1, B, 3);

    assertThat(verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void refusesWhatDoesNotGrow() {
    recorder.invoke(0, "add", A, Value.of(-1));

    assertThatIllegalArgumentException().isThrownBy(this::verdict).withMessageContaining("grow");
  }

  /// It is right wherever the definition says so in as many words; and what it calls wrong is not
  /// linearizable either.
  @Test
  void agreesWithTheDefinition() {
    RandomGenerator random = new Seed(2).stream("reads");
    Set<Status> seen = EnumSet.noneOf(Status.class);
    for (int i = 0; i < 3_000; i++) {
      History history = anything(random);
      boolean isInvalid = new MonotonicChecker().check(history) instanceof Verdict.Invalid;

      assertThat(isInvalid).isEqualTo(goesBack(history.operations()));
      Status linearizable = LinearizabilityChecker.of(Models.counter()).decide(history);
      if (isInvalid) {
        assertThat(linearizable).isEqualTo(Status.INVALID);
      }
      seen.add(isInvalid ? Status.INVALID : Status.VALID);
    }
    assertThat(seen).containsExactlyInAnyOrder(Status.VALID, Status.INVALID);
  }

  private static boolean goesBack(List<Operation> operations) {
    return operations.stream()
        .anyMatch(later ->
            operations.stream()
                .anyMatch(earlier ->
                    isRead(earlier)
                        && isRead(later)
                        && earlier.returnPosition() < later.callPosition()
                        && seen(later) < seen(earlier)));
  }

  private static boolean isRead(Operation operation) {
    return operation.isOk() && operation.function().equals("read");
  }

  private static long seen(Operation read) {
    return ((Value.Int) read.output()).number();
  }

  /// Increments, some of unknown outcome, and reads of what was there lately.
  private static History anything(RandomGenerator random) {
    Recorder recorder = Recorder.inMemory(() -> 0);
    boolean[] isReading = new boolean[3];
    boolean[] isBusy = new boolean[3];
    int total = 0;
    for (int i = 0; i < 24; i++) {
      int process = random.nextInt(3);
      if (!isBusy[process]) {
        isReading[process] = random.nextInt(3) > 0;
        recorder.invoke(process, isReading[process] ? "read" : "increment", A, Value.nil());
      } else if (isReading[process]) {
        recorder.ok(process, Value.of(Math.max(0, total - random.nextInt(8) / 7)));
      } else {
        recorder.ok(process, Value.nil());
        total++;
      }
      isBusy[process] = !isBusy[process];
    }
    return recorder.history();
  }

  private void read(int process, Value key, long seen) {
    recorder.invoke(process, "read", key, Value.nil());
    recorder.ok(process, Value.of(seen));
  }

  private Verdict verdict() {
    return new MonotonicChecker().check(recorder.history());
  }
}
