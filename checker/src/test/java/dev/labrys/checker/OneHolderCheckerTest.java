package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class OneHolderCheckerTest {
  private static final Value LOCK = Value.of("l");
  private static final Value ANN = Value.of("ann");
  private static final Value BOB = Value.of("bob");

  private final Recorder recorder = Recorder.inMemory(() -> 0);

  @Test
  void oneAfterTheOtherMayHold() {
    acquire(0, ANN, 1);
    release(0, ANN);
    acquire(1, BOB, 2);
    acquireFails(0, ANN);

    assertThat(verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void nobodyAcquiresWhileAnotherHolds() {
    acquire(0, ANN, 1);
    acquire(1, BOB, 2);

    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid ->
                assertThat(invalid.counterexample().reason())
                    .isEqualTo("\"bob\" acquired it while \"ann\" held it"));
  }

  @Test
  void twoWhoAcquireTogetherMustNotBothHold() {
    recorder.invoke(0, "acquire", LOCK, ANN);
    recorder.invoke(1, "acquire", LOCK, BOB);
    recorder.ok(0, Value.of(1));
    recorder.ok(1, Value.of(2));

    assertThat(verdict()).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void aReleaseThatMayComeLateLeavesItOpen() {
    acquire(0, ANN, 1);
    recorder.invoke(0, "release", LOCK, ANN);
    recorder.unknown(0);
    acquire(1, BOB, 2);
    release(1, BOB);
    acquire(2, ANN, 3);
    acquire(1, BOB, 4);

    assertThat(verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void tokensGrow() {
    acquire(0, ANN, 2);
    release(0, ANN);
    acquire(1, BOB, 2);

    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid ->
                assertThat(invalid.counterexample().reason())
                    .isEqualTo("\"bob\" was given the token 2 after \"ann\" had been given 2"));
  }

  @Test
  void refusesOtherFunctions() {
    recorder.invoke(0, "read", LOCK, ANN);

    assertThatIllegalArgumentException().isThrownBy(this::verdict).withMessageContaining("read");
  }

  /// It is right wherever the definition says so in as many words; and what it calls wrong is not
  /// linearizable either.
  @Test
  void agreesWithTheDefinition() {
    RandomGenerator random = new Seed(3).stream("locks");
    Set<Status> seen = EnumSet.noneOf(Status.class);
    for (int i = 0; i < 5_000; i++) {
      History history = anything(random);
      boolean isInvalid = new OneHolderChecker().check(history) instanceof Verdict.Invalid;

      assertThat(isInvalid).as("%s", history.operations()).isEqualTo(isWrong(history.operations()));
      if (isInvalid) {
        Status linearizable = LinearizabilityChecker.of(Models.fencedMutex()).decide(history);
        assertThat(linearizable).isEqualTo(Status.INVALID);
      }
      seen.add(isInvalid ? Status.INVALID : Status.VALID);
    }
    assertThat(seen).containsExactlyInAnyOrder(Status.VALID, Status.INVALID);
  }

  private static boolean isWrong(List<Operation> operations) {
    List<Operation> acquisitions =
        operations.stream()
            .filter(each -> each.isOk() && each.function().equals("acquire"))
            .toList();
    return acquisitions.stream()
        .anyMatch(first ->
            acquisitions.stream()
                .anyMatch(second ->
                    first.index() != second.index() && isWrong(first, second, operations)));
  }

  private static boolean isWrong(Operation first, Operation second, List<Operation> operations) {
    boolean isLater = first.returnPosition() < second.callPosition();
    if (isLater && token(second) <= token(first)) {
      return true;
    }
    int end = end(first, operations);
    boolean isWithin = isLater && second.returnPosition() < end;
    int start = Math.max(first.returnPosition(), second.returnPosition());
    return isWithin || (start < end && start < end(second, operations));
  }

  private static long token(Operation acquisition) {
    return ((Value.Int) acquisition.output()).number();
  }

  /// Until when it certainly held: never, if a release from before may come late.
  private static int end(Operation acquisition, List<Operation> operations) {
    int end = Operation.NEVER;
    for (Operation release : operations) {
      if (!release.function().equals("release")
          || !release.mayHaveHappened()
          || !release.input().equals(acquisition.input())) {
        continue;
      }
      boolean isOpen = release.outcome() instanceof Outcome.Unknown;
      int last = isOpen ? Operation.NEVER : release.returnPosition();
      if (release.callPosition() > acquisition.returnPosition()) {
        end = Math.min(end, release.callPosition());
      } else if (last > acquisition.callPosition()) {
        return -1;
      }
    }
    return end;
  }

  /// A lock that is kept badly, and clients of which every tenth does not know what became of it.
  private static History anything(RandomGenerator random) {
    Recorder recorder = Recorder.inMemory(() -> 0);
    List<Value> owners = List.of(ANN, BOB, Value.of("cid"));
    boolean[] isBusy = new boolean[3];
    boolean[] isHolder = new boolean[3];
    int[] processes = {0, 1, 2};
    int token = 0;
    for (int i = 0; i < 20; i++) {
      int client = random.nextInt(3);
      if (!isBusy[client]) {
        String function = isHolder[client] ? "release" : "acquire";
        recorder.invoke(processes[client], function, LOCK, owners.get(client));
      } else if (random.nextInt(10) == 0) {
        recorder.unknown(processes[client]);
        processes[client] += 3;
      } else if (isHolder[client]) {
        recorder.ok(processes[client], Value.nil());
        isHolder[client] = false;
      } else if (!(isHolder[0] || isHolder[1] || isHolder[2]) || random.nextInt(15) == 0) {
        token += random.nextInt(8) / 7 + (random.nextInt(20) == 0 ? 0 : 1);
        recorder.ok(processes[client], Value.of(token));
        isHolder[client] = true;
      } else {
        recorder.fail(processes[client]);
      }
      isBusy[client] = !isBusy[client];
    }
    return recorder.history();
  }

  private void acquire(int process, Value owner, long token) {
    recorder.invoke(process, "acquire", LOCK, owner);
    recorder.ok(process, Value.of(token));
  }

  private void acquireFails(int process, Value owner) {
    recorder.invoke(process, "acquire", LOCK, owner);
    recorder.fail(process);
  }

  private void release(int process, Value owner) {
    recorder.invoke(process, "release", LOCK, owner);
    recorder.ok(process, Value.nil());
  }

  private Verdict verdict() {
    return new OneHolderChecker().check(recorder.history());
  }
}
