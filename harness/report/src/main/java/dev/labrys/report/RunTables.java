package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.checker.Verdict.Effort;
import dev.labrys.report.Latencies.OfFunction;
import dev.labrys.report.RunReport.Availability;
import dev.labrys.report.RunReport.Fate;
import dev.labrys.report.RunReport.Fault;
import dev.labrys.report.RunReport.Finding;
import dev.labrys.report.RunReport.Interval;
import dev.labrys.report.RunReport.Recovery;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The tables of a run's page, as plain HTML: there without any script, and for screen readers.
final class RunTables {
  private static final int TEXT_LIMIT = 300;
  private static final int REASON_LIMIT = 2000;
  private static final int MOST_ROWS = 1000;

  /// How long a recovery took that nobody measured.
  private static final long UNKNOWN = -1;

  private final RunReport report;

  RunTables(RunReport report) {
    this.report = report;
  }

  String findings() {
    StringBuilder rows = new StringBuilder();
    for (Finding finding : first(report.findings())) {
      String word = RunPage.word(finding.status());
      rows.append(
          """
          <tr><th scope="row">%s</th><td><span class="pill %s">%s</span></td><td>%s</td>\
          <td class="number">%s</td><td class="number">%s</td></tr>
          """
              .formatted(
                  shown(finding.checker()),
                  word,
                  word,
                  Html.escape(Legible.sentence(reason(finding), REASON_LIMIT)),
                  cost(finding),
                  duration(finding.nanos())));
    }
    return table(
        "findingtable",
        """
        <th scope="col">Checker</th><th scope="col">Verdict</th><th scope="col">Why</th>\
        <th scope="col" class="number">Cost</th><th scope="col" class="number">Took</th>\
        """,
        rows,
        "No checker has judged this run.");
  }

  private static String reason(Finding finding) {
    return switch (finding) {
      case Finding.Stated stated -> stated.reason();
      case Finding.Judged(Judgement judgement) ->
          switch (judgement.verdict()) {
            case Verdict.Valid valid ->
                "every operation can be given one moment at which it took effect";
            case Verdict.Invalid invalid -> invalid.counterexample().reason();
            case Verdict.Undecided undecided ->
                undecided.reason() + "; established: " + VerdictText.established(undecided);
          };
    };
  }

  private static String cost(Finding finding) {
    return switch (finding) {
      case Finding.Stated stated -> "";
      case Finding.Judged(Judgement judgement) -> {
        Effort effort = judgement.verdict().effort();
        yield Legible.count(effort.operations(), "operation")
            + ", "
            + Legible.count(effort.configurations(), "configuration");
      }
    };
  }

  String faults() {
    Map<Integer, Long> recoveries = recoveries();
    StringBuilder rows = new StringBuilder();
    List<Fault> faults = report.faults();
    for (int i = 0; i < Math.min(faults.size(), MOST_ROWS); i++) {
      rows.append(fault(i, faults.get(i), recoveries));
    }
    String more =
        faults.size() > MOST_ROWS
            ? "<p class=\"hint\">%s not shown.</p>\n"
                .formatted(Legible.count(faults.size() - (long) MOST_ROWS, "further fault"))
            : "";
    return table(
            "faulttable",
            """
            <th scope="col">Fault</th><th scope="col">Hit</th>\
            <th scope="col" class="number">Begun</th><th scope="col" class="number">In force</th>\
            <th scope="col" class="number">Healing</th><th scope="col" class="number">Healed</th>\
            <th scope="col" class="number">Recovery</th><th scope="col">Became of it</th>\
            """,
            rows,
            "Nothing was made to go wrong.")
        + more;
  }

  private Map<Integer, Long> recoveries() {
    Map<Integer, Long> nanos = new TreeMap<>();
    if (report.availability() instanceof Availability.Measured measured) {
      measured.recoveries().forEach(recovery -> nanos.put(recovery.fault(), recovery.nanos()));
    }
    return nanos;
  }

  private static String fault(int place, Fault fault, Map<Integer, Long> recoveries) {
    boolean isWhole = fault.fate() == Fate.HEALED || fault.fate() == Fate.LASTED;
    String fate = fault.fate().name().toLowerCase(Locale.ROOT);
    String reason = fault.reason().isEmpty() ? "" : ": " + shown(fault.reason());
    return """
    <tr data-fault="%d"><th scope="row"><code>%s</code></th><td>%s</td>%s%s%s%s%s\
    <td><span class="%s">%s</span>%s</td></tr>
    """
        .formatted(
            place,
            shown(fault.text()),
            shown(fault.targets()),
            time(fault.beginsNanos()),
            time(fault.inForceNanos()),
            time(fault.healingNanos()),
            time(fault.healedNanos()),
            recovery(recoveries.getOrDefault(place, UNKNOWN)),
            isWhole ? "fate" : "fate trouble",
            fate,
            reason);
  }

  private static String time(long nanos) {
    return nanos == RunReport.NEVER
        ? "<td class=\"number\" data-sort=\"%d\">–</td>".formatted(nanos)
        : "<td class=\"number\" data-sort=\"%d\">%s</td>".formatted(nanos, seconds(nanos));
  }

  private static String recovery(long nanos) {
    if (nanos == UNKNOWN) {
      return "<td class=\"number\"></td>";
    }
    return "<td class=\"number\" data-sort=\"%d\">%s</td>"
        .formatted(nanos, nanos == RunReport.NEVER ? "never" : duration(nanos));
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%,.3f s", nanos / 1e9);
  }

  String availability() {
    String facts =
        switch (report.availability()) {
          case Availability.Unmeasured(String reason) ->
              fact("Availability", "not measured: " + shown(reason));
          case Availability.Measured measured ->
              fact("Longest outage", longest(measured))
                  + fact("Slowest recovery", slowest(measured))
                  + fact("Bound", bound(measured));
        };
    return "<dl class=\"facts\">\n" + facts + fact("Host stalls", stalls()) + "</dl>\n";
  }

  private static String longest(Availability.Measured measured) {
    return measured
        .longestOutage()
        .map((Interval outage) ->
            "%s, from %s to %s"
                .formatted(
                    duration(outage.nanos()),
                    seconds(outage.fromNanos()),
                    seconds(outage.toNanos())))
        .orElse("none");
  }

  private String slowest(Availability.Measured measured) {
    return measured.recoveries().stream()
        .max(Comparator.comparingLong(Recovery::nanos))
        .map(slowest ->
            (slowest.nanos() == RunReport.NEVER ? "never" : duration(slowest.nanos()))
                + after(slowest))
        .orElse("no fault to recover from");
  }

  private String after(Recovery recovery) {
    boolean isKnown = recovery.fault() >= 0 && recovery.fault() < report.faults().size();
    return isKnown
        ? " after <code>" + shown(report.faults().get(recovery.fault()).text()) + "</code>"
        : "";
  }

  private static String bound(Availability.Measured measured) {
    if (measured.boundNanos() == RunReport.NEVER) {
      return "none set";
    }
    return measured.holds()
        ? duration(measured.boundNanos()) + " <span class=\"pill valid\">kept</span>"
        : duration(measured.boundNanos()) + " <span class=\"pill invalid\">exceeded</span>";
  }

  private String stalls() {
    int count = report.stalls().intervals().size();
    if (report.stalls().longestNanos() == 0) {
      return "none";
    }
    return "longest "
        + duration(report.stalls().longestNanos())
        + (count == 0 ? "" : ", " + Legible.count(count, "long one"));
  }

  private static String fact(String name, String html) {
    return "<div><dt>" + name + "</dt><dd>" + html + "</dd></div>\n";
  }

  String latencies() {
    StringBuilder rows = new StringBuilder();
    for (OfFunction function : first(Latencies.of(report.history()).functions())) {
      rows.append("<tr><th scope=\"row\"><code>")
          .append(shown(function.function()))
          .append("</code></th>");
      for (int count : new int[] {function.ok(), function.failed(), function.unknown()}) {
        rows.append("<td class=\"number\">")
            .append(String.format(Locale.ROOT, "%,d", count))
            .append("</td>");
      }
      for (long nanos :
          new long[] {
            function.p50Nanos(),
            function.p90Nanos(),
            function.p99Nanos(),
            function.p999Nanos(),
            function.mostNanos()
          }) {
        rows.append("<td class=\"number\">")
            .append(function.ok() == 0 ? "–" : duration(nanos))
            .append("</td>");
      }
      rows.append("</tr>\n");
    }
    return table(
        "latencytable",
        """
        <th scope="col">Function</th><th scope="col" class="number">ok</th>\
        <th scope="col" class="number">failed</th><th scope="col" class="number">unknown</th>\
        <th scope="col" class="number">p50</th><th scope="col" class="number">p90</th>\
        <th scope="col" class="number">p99</th><th scope="col" class="number">p99.9</th>\
        <th scope="col" class="number">slowest</th>\
        """,
        rows,
        "No operation was recorded.");
  }

  private static String table(String id, String head, StringBuilder rows, String otherwise) {
    return rows.isEmpty()
        ? "<p class=\"hint\">" + otherwise + "</p>\n"
        : """
        <div class="scroll">
        <table id="%s"><thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody></table>
        </div>
        """
            .formatted(id, head, rows);
  }

  private static <T> List<T> first(List<T> rows) {
    return rows.subList(0, Math.min(MOST_ROWS, rows.size()));
  }

  private static String duration(long nanos) {
    return Legible.duration(nanos).replace(" us", " µs");
  }

  private static String shown(String raw) {
    return Html.escape(Legible.text(raw, TEXT_LIMIT));
  }
}
