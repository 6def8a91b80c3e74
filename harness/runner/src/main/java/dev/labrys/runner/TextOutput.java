package dev.labrys.runner;

import dev.labrys.checker.Verdict;
import dev.labrys.report.VerdictText;
import java.util.Locale;

/// Verdicts for people: explained, or a line each, and the totals of many.
final class TextOutput implements VerdictOutput {
  private static final int LONGEST_REASON = 160;

  private final Terminal terminal;
  private final Detail detail;
  private final Tally tally;
  private final HistoryFiles histories;
  private final long startedAt = System.nanoTime();

  /// How much is said of one history.
  enum Detail {
    LINE,
    EXPLANATION
  }

  TextOutput(Terminal terminal, Detail detail, Tally tally, HistoryFiles histories) {
    this.terminal = terminal;
    this.detail = detail;
    this.tally = tally;
    this.histories = histories;
  }

  @Override
  public void add(FileVerdict verdict) {
    switch (verdict) {
      case FileVerdict.Judged judged -> judged(judged);
      case FileVerdict.Vacuous(String name, String reason) -> line(verdict, name, reason);
      case FileVerdict.Refused(String name, Diagnosis diagnosis, _) -> {
        if (histories.areMany()) {
          line(verdict, name, shortened(diagnosis.message()));
        } else {
          terminal.warn(diagnosis.line(name));
        }
      }
    }
  }

  private void judged(FileVerdict.Judged judged) {
    if (detail == Detail.LINE) {
      line(judged, judged.name(), summary(judged.judgement().verdict()));
      return;
    }
    VerdictText.Colour colour =
        terminal.isColourful() ? VerdictText.Colour.ANSI : VerdictText.Colour.PLAIN;
    terminal.printAsIs(VerdictText.render(judged.judgement(), colour));
    if (histories.areMany()) {
      terminal.print("\n");
    }
  }

  private static String summary(Verdict verdict) {
    Verdict.Effort effort = verdict.effort();
    String cost =
        String.format(
            Locale.ROOT,
            "%,d %s, %,d %s, %s",
            effort.operations(),
            effort.operations() == 1 ? "operation" : "operations",
            effort.partitions(),
            effort.partitions() == 1 ? "partition" : "partitions",
            time(effort.nanos()));
    return switch (verdict) {
      case Verdict.Valid _ -> cost;
      case Verdict.Invalid invalid ->
          "%s: %s".formatted(cost, shortened(invalid.counterexample().reason()));
      case Verdict.Undecided undecided -> "%s: %s".formatted(cost, shortened(undecided.reason()));
    };
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }

  private static String time(long nanos) {
    return nanos < 1_000_000_000L
        ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private void line(FileVerdict verdict, String name, String text) {
    String word = verdict.exitCode().word().toUpperCase(Locale.ROOT);
    terminal.print("%-12s  %s  %s%n".formatted(word, Printable.line(name), Printable.line(text)));
  }

  @Override
  public void end(Ending ending) {
    if (ending == Ending.INTERRUPTED) {
      terminal.print(
          "interrupted after %d of %s%n"
              .formatted(tally.histories(), Tally.histories(histories.names().size())));
    }
    if (histories.areMany()) {
      terminal.print(
          "%s, in %s%s%n"
              .formatted(tally.sentence(), time(System.nanoTime() - startedAt), passedOver()));
    }
  }

  private String passedOver() {
    return histories.passedOver() == 0
        ? ""
        : "; %,d other files passed over".formatted(histories.passedOver());
  }
}
