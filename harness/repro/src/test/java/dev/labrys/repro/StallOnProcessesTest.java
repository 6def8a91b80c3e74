package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sleep stall and its cures on processes of this machine. That it appears 20 of 20 times is
/// the test of the command.
@Timeout(1_800)
final class StallOnProcessesTest {
  private static final StallPlan PLAN = new StallPlan(4, StallPlan.Extent.QUICK, new Seed(1));

  @TempDir private Path folder;

  @Test
  void theCommandIsNeverCommittedHoweverTheLeaderStalls() throws IOException, InterruptedException {
    List<StallOutcome> outcomes = series().play(PLAN.batches());

    assertThat(outcomes).extracting(each -> each.setting().stall()).contains(Stall.values());
    assertThat(outcomes)
        .extracting(StallOutcome::text)
        .allMatch(text -> text.contains("(leader without commit: old-term tail, no no-op"));
  }

  /// Whether PreVote does, is a matter of moments here; [StallInSimulationTest] has the moment.
  @Test
  void someCuresCureIt() throws IOException, InterruptedException {
    Map<Cure, Boolean> isCured = new EnumMap<>(Cure.class);
    for (StallOutcome each : series().play(PLAN.cures())) {
      isCured.put(each.setting().cure(), each.recoveryNanos().isPresent());
      assertThat(each.recoveryNanos().isPresent() || each.isTheBug()).as(each.text()).isTrue();
    }

    assertThat(isCured)
        .containsEntry(Cure.NONE, false)
        .containsEntry(Cure.NO_OP, true)
        .containsEntry(Cure.LONG_TIMEOUT, true)
        .containsEntry(Cure.NEXT_COMMAND, true);
  }

  private StallSeries series() {
    return new StallSeries(
        (name, raft) ->
            ProcessTheatre.open(folder.resolve(name), folder.resolve("registry"), 3, raft),
        StallPlan.CLUSTERS,
        _ -> {});
  }
}
