package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sleep stall on processes of this machine.
@Timeout(1_800)
final class StallOnProcessesTest {
  private static final int ROUNDS = 5;
  private static final int CLUSTERS = 4;

  @TempDir private Path folder;

  @Test
  void twentyOfTwentyTimesTheCommandIsNeverCommitted() throws IOException {
    List<List<StallSetting>> batches =
        Stream.of(Stall.SLEEP, Stall.FREEZE, Stall.SLEEP, Stall.FREEZE)
            .map(stall -> Collections.nCopies(ROUNDS, StallSetting.of(stall)))
            .toList();

    List<StallOutcome> outcomes = series().play(batches);

    assertThat(outcomes).hasSize(ROUNDS * CLUSTERS);
    assertThat(outcomes)
        .extracting(StallOutcome::text)
        .allMatch(text -> text.contains("(leader without commit: old-term tail, no no-op"));
  }

  private StallSeries series() {
    return new StallSeries(
        (name, raft) ->
            ProcessTheatre.open(folder.resolve(name), folder.resolve("registry"), 3, raft),
        CLUSTERS,
        _ -> {});
  }
}
