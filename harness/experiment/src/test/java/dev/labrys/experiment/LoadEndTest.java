package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A load of 30 s, calm from 24 s on, of a cluster that is to recover within 5 s.
final class LoadEndTest {
  private final LoadEnd end = new LoadEnd(Samples.simulated("register", "kill", 1));

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }

  private void succeeds(String function, long atMillis) {
    end.completed(
        new Action("register", function, Value.nil(), Value.nil()),
        millis(atMillis),
        new Reply(Outcome.ok(Value.nil()), ""));
  }

  @Test
  void whoIsServedUntilTheEndEndsAsPlanned() {
    end.calmBegins(millis(24_000));
    succeeds("write", 29_900);

    assertThat(end.latestNanos()).isEqualTo(millis(30_000));
  }

  @Test
  void theCalmIsAsLongAsPlannedHoweverLateItBegins() {
    end.calmBegins(millis(28_000));
    succeeds("write", 33_900);

    assertThat(end.earliestNanos()).isEqualTo(millis(34_000));
    assertThat(end.latestNanos()).isEqualTo(millis(34_000));
  }

  @Test
  void whoIsNotServedIsWatchedForAsLongAsARecoveryMayTake() {
    end.calmBegins(millis(24_500));
    succeeds("write", 24_400);

    assertThat(end.latestNanos()).isEqualTo(millis(30_500));
  }

  @Test
  void anOutageAfterTheFirstSuccessIsWatchedAsLong() {
    end.calmBegins(millis(24_000));
    succeeds("write", 26_000);

    assertThat(end.latestNanos()).isEqualTo(millis(32_000));
    succeeds("read", 31_000);
    assertThat(end.latestNanos()).isEqualTo(millis(32_000));
    succeeds("write", 31_500);
    assertThat(end.latestNanos()).isEqualTo(millis(30_000));
  }

  @Test
  void aPlanMayAskForALongerCalm() {
    String plan = "plan:\n  - fault: kill:target=one\n    for: 1s\nend:\n  calm: 20s\n";
    LoadEnd planned =
        new LoadEnd(
            Samples.simulated(
                "register", new Experiment.Trouble("", plan, Duration.ofSeconds(5)), 1));
    planned.calmBegins(millis(20_000));

    assertThat(planned.earliestNanos()).isEqualTo(millis(40_000));
  }
}
