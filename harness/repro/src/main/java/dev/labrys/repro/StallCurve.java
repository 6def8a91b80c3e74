package dev.labrys.repro;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// For how long a stall each cure holds, in simulation.
///
/// @param points one for each cure and length, in the order of the plan
public record StallCurve(List<Point> points) {
  private static final long MILLI = 1_000_000;
  private static final int SERVERS = 3;

  /// From where all is well, over the election timeouts of the labs, to beyond those of the longest
  /// cure.
  public static final List<Long> LENGTHS =
      List.of(50L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 1_000L, 1_400L, 2_000L, 3_000L)
          .stream()
          .map(millis -> millis * MILLI)
          .toList();

  public StallCurve {
    points = List.copyOf(points);
  }

  /// What is measured.
  ///
  /// @param runs for each point
  public record Plan(Stall stall, List<Cure> cures, List<Long> lengths, int runs, Seed seed) {
    public Plan {
      cures = List.copyOf(cures);
      lengths = List.copyOf(lengths);
    }
  }

  /// What became of the command after so long a stall.
  ///
  /// @param never how often it was never committed everywhere
  /// @param recoveryNanos how long that took otherwise, on average; empty if it never was
  public record Point(Cure cure, long stallNanos, Rate never, OptionalLong recoveryNanos) {}

  /// Measures it, on all processors; the result is the same whatever their number.
  ///
  /// @throws InterruptedException if this thread is interrupted
  public static StallCurve measure(Plan plan) throws InterruptedException {
    List<StallSetting> settings = new ArrayList<>();
    for (Cure cure : plan.cures()) {
      for (long length : plan.lengths()) {
        settings.add(StallSetting.of(plan.stall()).with(cure).withStallNanos(length));
      }
    }
    Thread caller = Thread.currentThread();
    List<Point> points =
        settings.parallelStream()
            .filter(_ -> !caller.isInterrupted())
            .map(setting -> measure(setting, plan))
            .toList();
    if (Thread.interrupted()) {
      throw new InterruptedException("while the stall curve was measured");
    }
    return new StallCurve(points);
  }

  private static Point measure(StallSetting setting, Plan plan) {
    RandomGenerator seeds =
        plan.seed().stream("curve %s %d".formatted(setting.cure(), setting.stallNanos()));
    long never = 0;
    long recovery = 0;
    for (int run = 0; run < plan.runs(); run++) {
      OptionalLong nanos = play(setting, new Seed(seeds.nextLong())).recoveryNanos();
      never += nanos.isPresent() ? 0 : 1;
      recovery += nanos.orElse(0);
    }
    long recovered = plan.runs() - never;
    return new Point(
        setting.cure(),
        setting.stallNanos(),
        new Rate(never, plan.runs()),
        recovered == 0 ? OptionalLong.empty() : OptionalLong.of(recovery / recovered));
  }

  /// Plays a script once in simulation.
  public static StallOutcome play(StallSetting setting, Seed seed) {
    try (SimTheatre theatre = SimTheatre.open(SERVERS, setting.cure().raft(), seed)) {
      return StallScript.play(theatre, setting);
    }
  }
}
