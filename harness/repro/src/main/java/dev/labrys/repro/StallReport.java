package dev.labrys.repro;

import java.util.Arrays;
import java.util.List;

/// All that was found out about the sleep stall.
///
/// @param rounds on real nodes, with nothing done against it
/// @param cures on real nodes, each cure with the same stall, and what stalls for longer
/// @param curve in simulation
/// @param rates in simulation
public record StallReport(
    List<StallOutcome> rounds, List<StallOutcome> cures, StallCurve curve, StallRates rates) {
  public StallReport {
    rounds = List.copyOf(rounds);
    cures = List.copyOf(cures);
  }

  /// The first of `rounds` with each kind of stall.
  public static List<StallOutcome> examples(List<StallOutcome> rounds) {
    return Arrays.stream(Stall.values())
        .flatMap(stall -> rounds.stream().filter(each -> each.setting().stall() == stall).limit(1))
        .toList();
  }

  /// How often the bug appeared.
  public long reproduced() {
    return rounds.stream().filter(StallOutcome::isTheBug).count();
  }

  /// Whether it appeared each time.
  public boolean isReproduced() {
    return reproduced() == rounds.size();
  }
}
