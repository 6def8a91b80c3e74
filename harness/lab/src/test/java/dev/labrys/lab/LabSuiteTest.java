package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.lab.LabSuite.AfterFailure;
import dev.labrys.lab.LabSuite.Failure;
import dev.labrys.lab.LabSuite.Outcome;
import dev.labrys.lab.LabSuite.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabSuiteTest {
  private static final List<LabTest> TESTS = LabTests.select(List.of("2A", "2B"));

  /// A run that costs what its seed says, and fails if that is a multiple of nine.
  private static LabResult drawn(LabTest test, LabSeed seed) {
    long cost = seed.number() >>> 16;
    LabResult.Ending ending =
        cost % 9 == 0 ? new LabResult.Failed("by lot", "") : new LabResult.Passed();
    return new LabResult(test, seed, ending, new LabResult.Cost(cost, cost % 7, cost % 5));
  }

  private static LabResult failed(LabTest test, LabSeed seed) {
    return new LabResult(
        test, seed, new LabResult.Failed("always", ""), new LabResult.Cost(1, 1, 1));
  }

  /// Keeps what it is told, in order.
  private static final class Notes implements LabSuite.Listener {
    private final List<Object> told = new ArrayList<>();

    @Override
    public void counted(Score score) {
      told.add(score);
    }

    @Override
    public void failed(Failure failure) {
      told.add(failure);
    }
  }

  private static Plan plan(int runs, int workers, AfterFailure afterFailure) {
    return new Plan(TESTS, runs, new Seed(5), workers, afterFailure);
  }

  @ParameterizedTest
  @EnumSource(AfterFailure.class)
  void theNumberOfWorkersChangesNothing(AfterFailure afterFailure) throws InterruptedException {
    Notes alone = new Notes();
    Outcome expected = LabSuite.run(plan(40, 1, afterFailure), LabSuiteTest::drawn, alone);

    for (int workers : new int[] {2, 3, 8}) {
      Notes notes = new Notes();
      Outcome outcome = LabSuite.run(plan(40, workers, afterFailure), LabSuiteTest::drawn, notes);

      assertThat(outcome).isEqualTo(expected);
      assertThat(notes.told).isEqualTo(alone.told);
    }
    assertThat(expected.failures()).isNotEmpty();
  }

  @Test
  void everyRunHasASeedOfItsOwn() throws InterruptedException {
    Set<LabSeed> seeds = ConcurrentHashMap.newKeySet();

    LabSuite.run(
        plan(30, 4, AfterFailure.GO_ON),
        (test, seed) -> {
          seeds.add(seed);
          return drawn(test, seed);
        },
        new Notes());

    assertThat(seeds).hasSize(30 * TESTS.size());
  }

  @Test
  void theFirstFailureEndsTheSuite() throws InterruptedException {
    Outcome outcome =
        LabSuite.run(plan(5, 4, AfterFailure.STOP), LabSuiteTest::failed, new Notes());

    assertThat(outcome.failures())
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.run()).isOne();
          assertThat(failure.result().test()).isEqualTo(TESTS.getFirst());
        });
    assertThat(outcome.scores()).hasSameSizeAs(TESTS);
    assertThat(outcome.scores().stream().mapToInt(Score::runs).sum()).isOne();
  }

  /// A later run fails while the first is still under way.
  @Test
  void whatComesBeforeAFailureIsFinished() throws InterruptedException {
    CountDownLatch laterHasFailed = new CountDownLatch(1);

    Outcome outcome =
        LabSuite.run(
            plan(1, 2, AfterFailure.STOP),
            (test, seed) -> {
              if (test.equals(TESTS.getFirst())) {
                await(laterHasFailed);
                return new LabResult(
                    test, seed, new LabResult.Passed(), new LabResult.Cost(1, 1, 1));
              }
              laterHasFailed.countDown();
              return failed(test, seed);
            },
            new Notes());

    assertThat(outcome.scores().getFirst().passed()).isOne();
    assertThat(outcome.failures()).hasSize(1);
    assertThat(outcome.failures().getFirst().result().test()).isEqualTo(TESTS.get(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allFailuresAreKeptIfItGoesOn() throws InterruptedException {
    Outcome outcome =
        LabSuite.run(plan(3, 2, AfterFailure.GO_ON), LabSuiteTest::failed, new Notes());

    assertThat(outcome.failures()).hasSize(3 * TESTS.size());
    assertThat(outcome.scores()).allMatch(score -> score.failed() == 3);
  }

  @Test
  void aScoreIsTheSumOfItsRuns() throws InterruptedException {
    LabTest test = TESTS.getFirst();

    Outcome outcome =
        LabSuite.run(
            new Plan(List.of(test), 3, new Seed(1), 1, AfterFailure.GO_ON),
            (_, seed) -> {
              long cost = seed.equals(LabSeed.of(new Seed(1), test, 2)) ? 50 : 5;
              return new LabResult(
                  test, seed, new LabResult.Passed(), new LabResult.Cost(cost, 2 * cost, 1));
            },
            new Notes());

    assertThat(outcome.scores()).containsExactly(new Score(test, 3, 0, 60, 50, 120, 3));
    assertThat(outcome.scores().getFirst().meanVirtualNanos()).isEqualTo(20);
    assertThat(outcome.scores().getFirst().meanCalls()).isEqualTo(40);
    assertThat(outcome.scores().getFirst().meanBytes()).isOne();
  }

  @Test
  void aRunThatCannotBeJudgedEndsTheSuite() {
    assertThatThrownBy(() ->
            LabSuite.run(
                plan(100, 3, AfterFailure.GO_ON),
                (_, _) -> {
                  throw new IllegalStateException("not again the same");
                },
                new Notes()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not again the same");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
  void anImpossibleNumberOfRunsIsRefused(int runs) {
    assertThatThrownBy(() -> plan(runs, 1, AfterFailure.STOP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs");
  }

  @Test
  void aSuiteNeedsTestsAndWorkers() {
    assertThatThrownBy(() -> plan(1, 0, AfterFailure.STOP)).hasMessageContaining("worker");
    assertThatThrownBy(() -> new Plan(List.of(), 1, new Seed(1), 1, AfterFailure.STOP))
        .hasMessageContaining("needs tests");
  }
}
