package dev.labrys.report;

import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.report.RunReport.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A run for eyes: a self-contained [HtmlFile]. Verdict, charts, the operations of the
/// counterexample, tables, logs, and how to do it again.
public final class RunPage {
  /// How many operations the timeline shows at most; the charts are made from all.
  static final int MOST_OPERATIONS = 20_000;

  private static final HtmlFile FILE =
      new HtmlFile(
          "run.html",
          List.of("page.css", "run.css", "log.css"),
          Stream.of(
                  VerdictPage.TIMELINE,
                  List.of(
                      "run-story.js",
                      "marks.js",
                      "latency-panel.js",
                      "rate-panel.js",
                      "strip-panels.js",
                      "board.js",
                      "board-gestures.js",
                      "readout.js",
                      "log-lines.js",
                      "log.js",
                      "tables.js",
                      "run.js"))
              .flatMap(List::stream)
              .toList());

  private RunPage() {}

  /// Writes the page as UTF-8, without closing `out`.
  public static void write(RunReport report, OutputStream out) throws IOException {
    RunSummary summary = new RunSummary(report);
    RunTables tables = new RunTables(report);
    Map<String, String> slots = new HashMap<>();
    slots.put("title", Html.escape(word(report) + ": " + Legible.text(report.run().name(), 200)));
    slots.put("kind", word(report));
    slots.put("header", summary.header());
    slots.put("findings", tables.findings());
    slots.put("availability", tables.availability());
    slots.put("faults", tables.faults());
    slots.put("latencies", tables.latencies());
    slots.put("setup", summary.setup());
    slots.put("run", HtmlFile.data("run", json -> RunData.write(json, report)));
    timeline(report, slots);
    FILE.write(slots, out);
  }

  private static void timeline(RunReport report, Map<String, String> slots) throws IOException {
    Optional<Judgement> shown = shown(report);
    if (shown.isEmpty()) {
      slots.putAll(Map.of("stage", "", "table", "", "data", ""));
      return;
    }
    Judgement judgement = shown.get();
    Excerpt excerpt = Excerpt.of(judgement, MOST_OPERATIONS);
    slots.put("stage", VerdictPage.stage(RunSummary.stageTitle(judgement, excerpt)));
    slots.put("table", new PageSummary(judgement, excerpt).table());
    slots.put("data", HtmlFile.data("data", json -> PageData.write(json, judgement, excerpt)));
  }

  /// What is worth a timeline: the first counterexample, or else the first verdict with a proof.
  private static Optional<Judgement> shown(RunReport report) {
    List<Judgement> judgements =
        report.findings().stream()
            .filter(Finding.Judged.class::isInstance)
            .map(finding -> ((Finding.Judged) finding).judgement())
            .filter(judgement -> judgement.history().size() > 0)
            .toList();
    return judgements.stream()
        .filter(judgement -> judgement.verdict() instanceof Verdict.Invalid)
        .findFirst()
        .or(() -> judgements.stream().findFirst());
  }

  static String word(RunReport report) {
    return word(report.conclusion().status());
  }

  static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
