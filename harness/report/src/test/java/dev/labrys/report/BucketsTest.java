package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketsTest {
  private static final long SECOND = RunStories.SECOND;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2",
    "30000000000, 100000000, 301",
    "60000000000, 200000000, 301",
    "86400000000000, 500000000000, 173",
    "9000000000000000000, 50000000000000000, 181"
  })
  void areOfARoundLengthAndNotTooMany(long end, long nanos, int count) {
    assertThat(Buckets.of(new RunClock(end))).isEqualTo(new Buckets(nanos, count));
  }

  @Test
  void countOperationsWhereTheyEnd() {
    Buckets buckets = new Buckets(SECOND, 4);
    List<Operation> operations =
        List.of(
            RunStories.operation(0, "read", Outcome.ok(Value.nil()), 0, SECOND),
            RunStories.operation(1, "read", Outcome.ok(Value.nil()), 10, SECOND + 10),
            RunStories.operation(2, "read", Outcome.failed(), 20, 5),
            RunStories.operation(3, "read", Outcome.unknown(), 30, RunReport.NEVER));

    assertThat(buckets.ends(operations))
        .isDeepEqualTo(new int[][] {{0, 2, 0, 0}, {0, 0, 0, 1}, {1, 0, 0, 0}});
  }

  @Test
  void takePercentilesWhereOperationsBegin() {
    Buckets buckets = new Buckets(SECOND, 3);
    List<Operation> operations =
        List.of(
            RunStories.operation(0, "read", Outcome.ok(Value.nil()), 0, 4 * SECOND),
            RunStories.operation(1, "read", Outcome.ok(Value.nil()), 10, 20),
            RunStories.operation(2, "read", Outcome.failed(), SECOND + 1, 30),
            RunStories.operation(3, "read", Outcome.ok(Value.nil()), 2 * SECOND, 50));

    List<long[]> lines = buckets.percentiles(operations, List.of(500, 990));

    assertThat(lines.stream().map(Arrays::toString))
        .containsExactly("[20, -1, 50]", "[4000000000, -1, 50]");
  }
}
