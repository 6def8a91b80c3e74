package dev.labrys.report;

import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.report.RunReport.Run;
import dev.labrys.report.RunReport.Setting;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The plain HTML at both ends of a run's page: the verdict with its reasons and the facts on top;
/// the configuration and the command that does it again below.
final class RunSummary {
  private static final int REASON_LIMIT = 4000;
  private static final int TEXT_LIMIT = 300;
  private static final int MOST_REASONS = 50;
  private static final int MOST_SETTINGS = 2000;

  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RunReport report;

  RunSummary(RunReport report) {
    this.report = report;
  }

  String header() {
    List<String> reasons = report.conclusion().reasons();
    return """
    <p class="origin"><span class="brand">Labrys</span> <b>%s</b> <span>%s</span></p>
    <h1><span class="mark" aria-hidden="true">%s</span> %s</h1>
    <p class="reason">%s</p>
    %s<dl class="facts">
    %s</dl>
    """
        .formatted(
            shown(report.run().name()),
            WALL_CLOCK.format(report.run().started()),
            mark(report.conclusion().status()),
            word(report.conclusion().status()),
            Html.escape(Legible.sentence(reasons.getFirst(), REASON_LIMIT)),
            further(reasons),
            facts());
  }

  private static String further(List<String> reasons) {
    if (reasons.size() == 1) {
      return "";
    }
    StringBuilder list = new StringBuilder("<ul class=\"reasons\">\n");
    for (String reason : reasons.subList(1, Math.min(reasons.size(), MOST_REASONS))) {
      item(list, reason);
    }
    if (reasons.size() > MOST_REASONS) {
      item(list, "and " + Legible.count(reasons.size() - MOST_REASONS, "further reason"));
    }
    return list.append("</ul>\n").toString();
  }

  private static void item(StringBuilder list, String sentence) {
    list.append("<li>")
        .append(Html.escape(Legible.sentence(sentence, REASON_LIMIT)))
        .append("</li>\n");
  }

  private static String mark(Status status) {
    return switch (status) {
      case VALID -> "✓";
      case INVALID -> "✗";
      case UNKNOWN -> "?";
      case VACUOUS -> "∅";
      case INCONCLUSIVE -> "!";
    };
  }

  private static String word(Status status) {
    return switch (status) {
      case VALID -> "Valid";
      case INVALID -> "Not valid";
      case UNKNOWN -> "Not decided";
      case VACUOUS -> "Vacuous";
      case INCONCLUSIVE -> "Inconclusive";
    };
  }

  private String facts() {
    Run run = report.run();
    Latencies latencies = Latencies.of(report.history());
    return fact("System", run.system())
        + fact("On", Legible.count(run.nodes(), "node") + ", " + run.deployment())
        + fact("Workload", run.workload())
        + fact("Faults", run.faults().isEmpty() ? "none" : run.faults())
        + fact("Seed", run.seed())
        + fact("Ran", Legible.duration(run.durationNanos()).replace(" us", " µs"))
        + fact("Operations", operations(latencies));
  }

  private String operations(Latencies latencies) {
    long ok = latencies.functions().stream().mapToLong(Latencies.OfFunction::ok).sum();
    long failed = latencies.functions().stream().mapToLong(Latencies.OfFunction::failed).sum();
    long unknown = latencies.functions().stream().mapToLong(Latencies.OfFunction::unknown).sum();
    return String.format(
        Locale.ROOT,
        "%,d: %,d ok, %,d failed, %,d unknown",
        report.history().size(),
        ok,
        failed,
        unknown);
  }

  private static String fact(String name, String text) {
    return "<div><dt>" + name + "</dt><dd>" + shown(text) + "</dd></div>\n";
  }

  /// The head of the timeline: whose verdict it shows, and what that says.
  static String stageTitle(Judgement judgement, Excerpt excerpt) {
    String title =
        switch (judgement.verdict()) {
          case Verdict.Invalid invalid -> "Operations around the counterexample";
          case Verdict.Valid valid -> "Operations, in an order that explains them";
          case Verdict.Undecided undecided -> "Operations";
        };
    String says =
        switch (judgement.verdict()) {
          case Verdict.Invalid invalid -> ": " + invalid.counterexample().reason();
          case Verdict.Valid valid -> "";
          case Verdict.Undecided undecided -> ": " + undecided.reason();
        };
    String part =
        excerpt.isWhole()
            ? ""
            : String.format(
                Locale.ROOT,
                " Shown are %,d of %,d operations.",
                excerpt.operations().size(),
                excerpt.total());
    return """
    <h2 id="stagetitle">%s</h2>
    <p class="hint">%s%s</p>\
    """
        .formatted(
            title, Html.escape(Legible.sentence(judgement.checker() + says, REASON_LIMIT)), part);
  }

  /// Configuration, versions, remarks, and the command that does it again.
  String setup() {
    return remarks()
        + """
        %s%s<div class="columns">
        %s%s</div>
        """
            .formatted(
                command("replay", "Do it again", report.run().replay()),
                command("refault", "Do the same faults again", report.run().replayFaults()),
                settings("Configuration", report.setup().configuration()),
                settings("Versions", report.setup().versions()));
  }

  private static String command(String id, String title, String words) {
    if (words.isEmpty()) {
      return "";
    }
    return """
    <h3 id="%1$stitle">%2$s</h3>
    <div class="replay"><pre id="%1$s" tabindex="0" aria-labelledby="%1$stitle">%3$s</pre>\
    <button type="button" class="copy" hidden>Copy</button></div>
    """
        .formatted(id, title, Html.escape(Legible.text(words, REASON_LIMIT)));
  }

  private String remarks() {
    if (report.setup().remarks().isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder("<h3>Remarks</h3>\n<ul class=\"remarks\">\n");
    report.setup().remarks().stream().limit(MOST_REASONS).forEach(remark -> item(list, remark));
    return list.append("</ul>\n").toString();
  }

  private static String settings(String title, List<Setting> settings) {
    if (settings.isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (Setting setting : settings.subList(0, Math.min(settings.size(), MOST_SETTINGS))) {
      rows.append("<tr><th scope=\"row\">")
          .append(shown(setting.key()))
          .append("</th><td><code>")
          .append(Html.escape(Legible.text(setting.value(), REASON_LIMIT)))
          .append("</code></td></tr>\n");
    }
    return "<div><h3>%s</h3>\n<table class=\"settings\"><tbody>\n%s</tbody></table></div>\n"
        .formatted(title, rows);
  }

  private static String shown(String raw) {
    return Html.escape(Legible.text(raw, TEXT_LIMIT));
  }
}
