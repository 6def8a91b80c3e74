package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatenciesTest {

  @Test
  void takesTheNearestRankOfWhatIsOk() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      operations.add(
          RunStories.operation(i, "write", Outcome.ok(Value.nil()), i, (i * 7 % 1000 + 1) * 10L));
    }
    operations.add(RunStories.operation(1000, "write", Outcome.failed(), 1000, 99_999));
    operations.add(RunStories.operation(1001, "write", Outcome.unknown(), 1001, RunReport.NEVER));

    Latencies latencies = Latencies.of(new History(operations));

    assertThat(latencies.functions())
        .containsExactly(
            new Latencies.OfFunction("write", 1000, 1, 1, 5_000, 9_000, 9_900, 9_990, 10_000));
  }

  @Test
  void keepsFunctionsApartAndInOrder() {
    History history =
        new History(
            List.of(
                RunStories.operation(0, "write", Outcome.ok(Value.nil()), 0, 40),
                RunStories.operation(1, "read", Outcome.ok(Value.nil()), 1, 30),
                RunStories.operation(2, "cas", Outcome.failed(), 2, 20)));

    Latencies latencies = Latencies.of(history);

    assertThat(latencies.functions())
        .containsExactly(
            new Latencies.OfFunction("cas", 0, 1, 0, 0, 0, 0, 0, 0),
            new Latencies.OfFunction("read", 1, 0, 0, 30, 30, 30, 30, 30),
            new Latencies.OfFunction("write", 1, 0, 0, 40, 40, 40, 40, 40));
  }

  @Test
  void ofNothingIsNothing() {
    assertThat(Latencies.of(new History(List.of())).functions()).isEmpty();
  }
}
