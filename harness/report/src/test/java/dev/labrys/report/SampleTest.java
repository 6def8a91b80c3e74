package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleTest {
  private static final long MILLI = 1_000_000;

  @Test
  void keepsAllThatFit() {
    List<Operation> all = operations(500);

    Sample sample = Sample.of(all, 500, clock(all));

    assertThat(sample.operations()).isEqualTo(all);
    assertThat(sample.total()).isEqualTo(500);
  }

  @Test
  void thinsToTheLimitInOrderOfTimeAndOverTheWholeRun() {
    List<Operation> all = operations(10_000);

    Sample sample = Sample.of(all, 600, clock(all));

    assertThat(sample.total()).isEqualTo(10_000);
    assertThat(sample.operations()).hasSizeBetween(550, 600);
    assertThat(sample.operations()).isSortedAccordingTo((a, b) -> a.index() - b.index());
    assertThat(sample.operations().getFirst().index()).isLessThan(200);
    assertThat(sample.operations().getLast().index()).isGreaterThan(9_800);
  }

  @Test
  void losesNoOutlierOfAnyOutcome() {
    List<Operation> all = operations(10_000);
    all.set(1234, operation(1234, Outcome.ok(Value.nil()), 900 * MILLI));
    all.set(4321, operation(4321, Outcome.ok(Value.nil()), 1));
    all.set(7000, operation(7000, Outcome.unknown(), 5 * MILLI));
    all.set(8000, operation(8000, Outcome.failed(), 6 * MILLI));
    all.set(9000, operation(9000, Outcome.unknown(), RunReport.NEVER));

    Sample sample = Sample.of(all, 600, clock(all));

    assertThat(sample.operations())
        .extracting(Operation::index)
        .contains(1234, 4321, 7000, 8000, 9000);
  }

  @Test
  void bearsOperationsThatAllBeganAtOnce() {
    List<Operation> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(RunStories.operation(i, "read", Outcome.ok(Value.nil()), 0, 5));
    }

    assertThat(Sample.of(all, 100, new RunClock(1)).operations()).hasSizeBetween(90, 100);
  }

  private static List<Operation> operations(int count) {
    List<Operation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(operation(i, Outcome.ok(Value.nil()), 2 * MILLI + i % 7));
    }
    return all;
  }

  private static Operation operation(int index, Outcome outcome, long took) {
    return RunStories.operation(index, "read", outcome, index * MILLI, took);
  }

  private static RunClock clock(List<Operation> all) {
    return new RunClock((all.size() + 10) * MILLI);
  }
}
