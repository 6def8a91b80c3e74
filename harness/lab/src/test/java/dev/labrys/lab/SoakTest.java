package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.cluster.sim.Trace;
import dev.labrys.cluster.sim.TraceSink;
import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Raft survives what soak runs bring. `-Dsoak.seconds=1000000` makes it a million simulated
/// seconds of faults, `-Dsoak.seed=…` has it begin elsewhere.
final class SoakTest {
  private static final long SECONDS = Long.getLong("soak.seconds", 4_000);
  private static final Seed FIRST = new Seed(Long.getLong("soak.seed", 1));

  @Test
  void raftSurvives() {
    SoakSummary summary =
        SoakSeries.run(FIRST, SECONDS, Runtime.getRuntime().availableProcessors(), _ -> {});

    assertThat(summary.failures()).isEmpty();
    assertThat(summary.isPassed()).isTrue();
    SoakCounts counts = summary.counts();
    assertThat(counts.virtualNanos()).isGreaterThan(SECONDS * 1_000_000_000L);
    assertThat(counts.faults()).isPositive();
    assertThat(counts.starts()).isGreaterThan(7L * summary.runs() / 2);
    assertThat(counts.leaders()).isGreaterThan(summary.runs());
    assertThat(counts.memberships()).isPositive();
    assertThat(counts.installed()).isPositive();
    assertThat(counts.saved()).isGreaterThan(counts.installed());
    assertThat(counts.ok()).isGreaterThan(100L * summary.runs());
    assertThat(counts.unknown()).isPositive();
    assertThat(summary.longestRecoveryNanos()).isPositive();
  }

  @Test
  void howManyRunsGoOnAtATimeDoesNotMatter() {
    List<SoakResult> one = new ArrayList<>();
    List<SoakResult> two = new ArrayList<>();

    SoakSummary alone = SoakSeries.run(new Seed(1_000), 300, 1, one::add);
    SoakSummary together = SoakSeries.run(new Seed(1_000), 300, 2, two::add);

    assertThat(together).isEqualTo(alone);
    assertThat(two).isEqualTo(one);
    assertThat(one).hasSizeGreaterThan(2);
  }

  @Test
  void runsOfDifferentSeedsDiffer() {
    assertThat(Soak.run(new Seed(1)).fingerprint())
        .isNotEqualTo(Soak.run(new Seed(2)).fingerprint());
  }

  @Test
  void aRunThatIsTracedGoesTheSameWay() {
    Seed seed = new Seed(3);
    List<String> lines = new ArrayList<>();

    SoakResult traced =
        Soak.run(seed, SoakPlan.draw(seed), SoakSubject.RAFT, Trace.to(TraceSink.text(lines::add)));

    assertThat(traced).isEqualTo(Soak.run(seed));
    assertThat(lines).isNotEmpty();
  }

  @Test
  void everySeedGivesAPlan() {
    List<SoakPlan> plans = new ArrayList<>();
    for (int seed = 0; seed < 5_000; seed++) {
      plans.add(SoakPlan.draw(new Seed(seed)));
    }

    assertThat(plans).noneMatch(plan -> plan.raft().isUnsafe());
    assertThat(plans).extracting(SoakPlan::servers).contains(1, 2, 3, 4, 5, 6, 7);
    assertThat(plans).extracting(SoakPlan::workload).contains(SoakWorkload.values());
    assertThat(plans).extracting(plan -> plan.raft().reads()).hasSizeGreaterThan(2);
  }

  @Test
  void serversThatDoNothingDoNotPass() {
    SoakSubject idle =
        SoakSubject.RAFT.withReplicas((id, options, stored, random) ->
            new IdleReplica(ReplicaFactory.RAFT.open(id, options, stored, random)));

    SoakResult result = Soak.run(FIRST, SoakPlan.draw(FIRST), idle);

    assertThat(result.verdict()).isInstanceOf(SoakVerdict.NotLive.class);
  }

  @Test
  void noRunsAreNoSuccess() {
    assertThat(SoakSummary.NONE.isPassed()).isFalse();
  }
}
