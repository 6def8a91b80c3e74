package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.history.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sleep stall in containers: once with each kind of stall, and with the cure that cures it.
/// Without an engine it is skipped, saying why, or fails with `-Dcontainers=required`.
@Timeout(600)
final class StallOnContainersTest {
  @TempDir private Path folder;

  @Test
  void theCommandIsNeverCommittedWithoutANoOp() throws IOException, InterruptedException {
    Engine engine = engine();
    Image image = ContainerTheatre.image(engine);
    StallSeries series =
        new StallSeries(
            (name, raft) -> ContainerTheatre.open(engine, image, folder.resolve(name), 3, raft),
            StallPlan.CLUSTERS,
            _ -> {});
    StallPlan plan = new StallPlan(2, StallPlan.Extent.QUICK, new Seed(1));

    List<StallOutcome> outcomes = series.play(plan.batches());
    List<StallOutcome> cured =
        series.play(List.of(List.of(StallSetting.of(Stall.FREEZE).with(Cure.NO_OP))));

    assertThat(outcomes)
        .extracting(each -> each.setting().stall())
        .containsExactly(Stall.SLEEP, Stall.FREEZE);
    assertThat(outcomes)
        .extracting(StallOutcome::text)
        .allMatch(text -> text.contains("(leader without commit: old-term tail, no no-op"));
    assertThat(cured.getFirst().recoveryNanos()).as(cured.getFirst().text()).isPresent();
    assertThat(folder.resolve("cluster-1/n1.log")).isNotEmptyFile();
  }

  private static Engine engine() throws IOException {
    try {
      return Engine.find();
    } catch (ContainersUnavailable reason) {
      if ("required".equals(System.getProperty("containers"))) {
        throw reason;
      }
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
  }
}
