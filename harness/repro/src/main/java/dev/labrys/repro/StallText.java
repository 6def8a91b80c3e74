package dev.labrys.repro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The sleep stall told in words and tables, a part at a time: so that each can be shown as soon as
/// it is known.
public final class StallText {
  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;
  private static final double TEN_THOUSAND = 10_000;

  /// What it is called.
  public static final String TITLE = "The sleep stall";

  /// What happens, and why.
  public static final String STORY =
      """
      A student's Raft passes thousands of runs of its tests; then one fails, and nothing is wrong
      with the code. This is what happened:

      1. The leader sleeps 100 ms between heartbeats. Now and then, on a busy or virtual machine, a
         sleep of 100 ms takes 1.4 s.
      2. During that sleep it is given a command, which gets to all logs. Committed entries are made
         known with the next heartbeat, and that is late.
      3. The followers hear no leader, and one of them becomes the next, in the next term.
      4. The entry of the old term is on all logs. But the new leader may not commit it by counting
         copies: only entries of its own term are (Raft §5.4.2, Figure 8). It would add an empty one
         of its own; the tests forbid that, as every command must get the index they expect.
      5. The test sends no other command, as it waits for this one. Nothing ever commits.

      Nothing is lost and nobody lies: safety holds. It is the liveness of protocol, test and
      machine together that fails.
      """;

  private StallText() {}

  /// What happened in one round.
  public static String timeline(StallOutcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "The leader %s stalls for %.1f s: %s"
            .formatted(
                outcome.stalled(),
                outcome.setting().stallNanos() / SECOND,
                outcome.setting().stall().meaning()));
    StallTimeline.lines(outcome).forEach(line -> lines.add("  " + line));
    lines.add("  (" + StallTimeline.LEGEND + ")");
    lines.add(outcome.text());
    return joined(lines);
  }

  /// How often it happened.
  public static String rounds(List<StallOutcome> rounds) {
    List<String> lines = new ArrayList<>();
    for (Stall stall : Stall.values()) {
      List<StallOutcome> some =
          rounds.stream().filter(each -> each.setting().stall() == stall).toList();
      if (!some.isEmpty()) {
        lines.add(
            "%d of %d times never committed, when %s"
                .formatted(
                    some.stream().filter(StallOutcome::isTheBug).count(),
                    some.size(),
                    stall.meaning()));
      }
    }
    for (StallOutcome each : rounds) {
      if (!each.isTheBug()) {
        lines.add("not reproduced: " + each.text());
      }
    }
    return joined(lines);
  }

  /// What became of the command with each cure.
  public static String cures(List<StallOutcome> cures) {
    List<String> lines = new ArrayList<>();
    lines.add("%-24s %7s  %-22s %s".formatted("cure", "stall", "the command", "price"));
    for (StallOutcome each : cures) {
      lines.add(
          "%-24s %5.1f s  %-22s %s"
              .formatted(
                  each.setting().cure().title(),
                  each.setting().stallNanos() / SECOND,
                  committed(each),
                  each.setting().cure().price()));
    }
    return joined(lines);
  }

  private static String committed(StallOutcome outcome) {
    return outcome.recoveryNanos().isPresent()
        ? String.format(
            Locale.ROOT, "applied after %.2f s", outcome.recoveryNanos().getAsLong() / SECOND)
        : outcome.isTheBug() ? "never committed" : "inconclusive";
  }

  /// The stall curve: in how many runs the command is never committed.
  public static String curve(StallCurve curve) {
    List<Cure> cures = curve.points().stream().map(StallCurve.Point::cure).distinct().toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%9s  ".formatted("stall")
            + cures.stream()
                .map(cure -> "%-24s".formatted(cure.title()))
                .collect(Collectors.joining())
                .stripTrailing());
    for (long length :
        curve.points().stream().map(StallCurve.Point::stallNanos).distinct().toList()) {
      lines.add(
          String.format(Locale.ROOT, "%6.0f ms  ", length / MILLI)
              + cures.stream()
                  .map(cure -> "%-24s".formatted(never(curve, cure, length)))
                  .collect(Collectors.joining())
                  .stripTrailing());
    }
    return joined(lines);
  }

  private static String never(StallCurve curve, Cure cure, long length) {
    Optional<Rate> rate =
        curve.points().stream()
            .filter(each -> each.cure() == cure && each.stallNanos() == length)
            .map(StallCurve.Point::never)
            .findFirst();
    return rate.map(each ->
            each.hits() == 0
                ? "–"
                : String.format(
                    Locale.ROOT,
                    "%.0f %% (%.0f..%.0f)",
                    100 * each.share(),
                    100 * each.low(),
                    100 * each.high()))
        .orElse("");
  }

  /// Failures of 10,000 runs of the labs' tests, with 95 % confidence.
  public static String rates(StallRates rates) {
    List<Long> lengths = rates.cells().stream().map(StallRates.Cell::nanos).distinct().toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-18s".formatted("late sleeps")
            + lengths.stream()
                .map(nanos -> "%-24s".formatted("by %.1f s".formatted(nanos / SECOND)))
                .collect(Collectors.joining())
                .stripTrailing());
    for (long oneOf : rates.cells().stream().map(StallRates.Cell::oneOf).distinct().toList()) {
      lines.add(
          "%-18s".formatted("1 of %,d".formatted(oneOf))
              + rates.cells().stream()
                  .filter(cell -> cell.oneOf() == oneOf)
                  .map(cell -> "%-24s".formatted(failures(cell.failed())))
                  .collect(Collectors.joining())
                  .stripTrailing());
    }
    return joined(lines);
  }

  private static String failures(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f..%.1f)",
        TEN_THOUSAND * rate.share(),
        TEN_THOUSAND * rate.low(),
        TEN_THOUSAND * rate.high());
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
