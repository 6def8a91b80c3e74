package dev.labrys.repro;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// How much is played and measured.
///
/// @param rounds on real nodes, without a cure
/// @param extent how closely all else is looked at
/// @param seed of all that is simulated
public record StallPlan(int rounds, Extent extent, Seed seed) {
  private static final long MILLI = 1_000_000;
  private static final long LONGER_NANOS = 5_000 * MILLI;

  /// How many clusters there are at the same time.
  public static final int CLUSTERS = 4;

  /// How closely something is looked at.
  public enum Extent {
    /// Well under a minute.
    QUICK,
    /// Under two minutes.
    FULL
  }

  public StallPlan {
    if (rounds < 1) {
      throw new IllegalArgumentException("at least one round has to be played, not " + rounds);
    }
  }

  /// The rounds, for as many clusters: half of them with each kind of stall.
  public List<List<StallSetting>> batches() {
    int clusters = Math.min(CLUSTERS, rounds);
    List<List<StallSetting>> batches = new ArrayList<>();
    for (int cluster = 0; cluster < clusters; cluster++) {
      Stall stall = cluster % 2 == 0 ? Stall.SLEEP : Stall.FREEZE;
      int share = rounds / clusters + (cluster < rounds % clusters ? 1 : 0);
      batches.add(Collections.nCopies(share, StallSetting.of(stall)));
    }
    return batches;
  }

  /// What is played with cures, for as many clusters: each with the stall of the notes; the longer
  /// timeout also with a longer stall.
  public List<List<StallSetting>> cures() {
    StallSetting usual = StallSetting.of(Stall.SLEEP);
    StallSetting longer = usual.with(Cure.LONG_TIMEOUT).withStallNanos(LONGER_NANOS);
    return List.of(
        List.of(usual, usual.with(Cure.NEXT_COMMAND)),
        List.of(usual.with(Cure.NO_OP)),
        List.of(usual.with(Cure.PRE_VOTE)),
        switch (extent) {
          case QUICK -> List.of(usual.with(Cure.LONG_TIMEOUT));
          case FULL -> List.of(usual.with(Cure.LONG_TIMEOUT), longer.withPatience(2));
        });
  }

  /// The stall curve.
  public StallCurve.Plan curve() {
    int runs =
        switch (extent) {
          case QUICK -> 20;
          case FULL -> 200;
        };
    return new StallCurve.Plan(Stall.SLEEP, List.of(Cure.values()), StallCurve.LENGTHS, runs, seed);
  }

  /// How often it strikes.
  public StallRates.Plan rates() {
    int workers = Runtime.getRuntime().availableProcessors();
    return switch (extent) {
      case QUICK ->
          new StallRates.Plan(
              StallRates.TESTS, List.of(100L, 1_000L), millis(600, 1_400), 2_000, workers, seed);
      case FULL ->
          new StallRates.Plan(
              StallRates.TESTS,
              List.of(100L, 1_000L, 10_000L),
              millis(200, 400, 600, 1_400, 3_000),
              10_000,
              workers,
              seed);
    };
  }

  private static List<Long> millis(long... lengths) {
    return LongStream.of(lengths).map(each -> each * MILLI).boxed().toList();
  }
}
