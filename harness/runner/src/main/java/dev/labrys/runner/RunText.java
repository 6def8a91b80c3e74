package dev.labrys.runner;

import dev.labrys.checker.Status;
import dev.labrys.experiment.Run;
import dev.labrys.report.Latencies;
import dev.labrys.report.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A run on one screen: the verdict, why, and what it is worth.
final class RunText {
  private static final int MOST_FAULT_KINDS = 8;

  private final RunReport report;
  private final List<String> lines = new ArrayList<>();

  private RunText(RunReport report) {
    this.report = report;
  }

  /// @param folder of the run, as its user would name it
  static String of(RunReport report, Path folder) {
    RunText text = new RunText(report);
    text.conclusion();
    text.findings();
    text.facts();
    text.faults();
    text.places(folder);
    return String.join("\n", text.lines) + "\n";
  }

  private void conclusion() {
    RunReport.Run run = report.run();
    lines.add(
        "%s  %s on %d nodes of %s as %s, %s, seed %s"
            .formatted(
                report.conclusion().status(),
                run.workload(),
                run.nodes(),
                run.system(),
                run.deployment(),
                seconds(run.durationNanos()),
                run.seed()));
    report.conclusion().reasons().forEach(reason -> lines.add("  " + reason));
    lines.add("");
  }

  private void findings() {
    int width =
        report.findings().stream().mapToInt(each -> each.checker().length()).max().orElse(0);
    for (RunReport.Finding finding : report.findings()) {
      lines.add(
          ("  %-12s %-" + Math.max(1, width) + "s  %s")
              .formatted(word(finding.status()), finding.checker(), Run.sentence(finding)));
    }
    lines.add("");
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private void facts() {
    List<Latencies.OfFunction> functions = Latencies.of(report.history()).functions();
    long ok = functions.stream().mapToLong(Latencies.OfFunction::ok).sum();
    long failed = functions.stream().mapToLong(Latencies.OfFunction::failed).sum();
    long unknown = functions.stream().mapToLong(Latencies.OfFunction::unknown).sum();
    double took = Math.max(1e-3, report.run().durationNanos() / 1e9);
    lines.add(
        String.format(
            Locale.ROOT,
            "  operations    %,d ok, %,d failed, %,d unknown; %,.0f ok each second",
            ok,
            failed,
            unknown,
            ok / took));
    lines.add(
        "  latency       "
            + functions.stream()
                .filter(each -> each.ok() > 0)
                .map(RunText::latency)
                .collect(Collectors.joining("\n                ")));
    if (report.availability() instanceof RunReport.Availability.Measured measured) {
      lines.add(
          "  availability  "
              + measured
                  .longestOutage()
                  .map(outage ->
                      "longest outage %s, from %s on"
                          .formatted(seconds(outage.nanos()), seconds(outage.fromNanos())))
                  .orElse("no outage of half a second"));
    }
  }

  private static String latency(Latencies.OfFunction each) {
    return "%-9s p50 %s, p99 %s, most %s"
        .formatted(
            each.function(),
            millis(each.p50Nanos()),
            millis(each.p99Nanos()),
            millis(each.mostNanos()));
  }

  private void faults() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (RunReport.Fault fault : report.faults()) {
      if (fault.fate() != RunReport.Fate.MISSED) {
        kinds.merge(fault.text().split(":", 2)[0], 1, Integer::sum);
      }
    }
    long missed =
        report.faults().stream().filter(each -> each.fate() == RunReport.Fate.MISSED).count();
    String done =
        kinds.entrySet().stream()
            .limit(MOST_FAULT_KINDS)
            .map(each -> "%d %s".formatted(each.getValue(), each.getKey()))
            .collect(Collectors.joining(", "));
    lines.add(
        "  faults        %s%s"
            .formatted(
                done.isEmpty() ? "none" : done,
                missed == 0 ? "" : ", %d missed".formatted(missed)));
    report.setup().remarks().forEach(remark -> lines.add("  remark        " + remark));
  }

  private void places(Path folder) {
    lines.add("");
    lines.add("  report  " + folder.resolve("report.html"));
    lines.add("  again   " + report.run().replay());
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
