package dev.labrys.experiment;

import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.report.Latencies;
import dev.labrys.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a run came to, for programs: the file `results.json`.
final class ResultsJson {
  /// Which verdict it is.
  static final String VERDICT = "verdict";

  /// What it is about.
  static final String FINGERPRINT = "fingerprint";

  /// How that looked from outside.
  static final String STAMP = "stamp";

  private ResultsJson() {}

  /// @param fingerprint of what was judged
  /// @param stamp of the same
  static Json of(RunReport report, String fingerprint, String stamp) {
    Json results =
        Json.empty()
            .with("labrys-results", 1)
            .with("name", report.run().name())
            .with(FINGERPRINT, fingerprint)
            .with(STAMP, stamp)
            .with(VERDICT, word(report.conclusion().status()))
            .with("reasons", report.conclusion().reasons())
            .with("checks", report.findings().stream().map(ResultsJson::finding).toList())
            .with("operations", report.history().size())
            .with("duration-nanos", report.run().durationNanos())
            .with("latencies", latencies(report))
            .with("faults", report.faults().stream().map(ResultsJson::fault).toList())
            .with("longest-stall-nanos", report.stalls().longestNanos())
            .with("remarks", report.setup().remarks())
            .with("replay", report.run().replay());
    if (report.availability() instanceof RunReport.Availability.Measured measured) {
      long longest = measured.longestOutage().map(RunReport.Interval::nanos).orElse(0L);
      results.with("longest-outage-nanos", longest);
    }
    return results;
  }

  static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static Json finding(RunReport.Finding finding) {
    Json json =
        Json.empty()
            .with("checker", finding.checker())
            .with("verdict", word(finding.status()))
            .with("nanos", finding.nanos())
            .with("reason", reason(finding));
    if (finding instanceof RunReport.Finding.Judged judged
        && judged.judgement().verdict() instanceof Verdict.Invalid invalid) {
      json.with("culprit", invalid.counterexample().culprit().index());
    }
    return json;
  }

  /// A finding in a sentence.
  static String reason(RunReport.Finding finding) {
    return switch (finding) {
      case RunReport.Finding.Stated stated -> stated.reason();
      case RunReport.Finding.Judged judged ->
          switch (judged.judgement().verdict()) {
            case Verdict.Valid valid ->
                "%,d operations in %,d partitions, each with a verified linearization"
                    .formatted(valid.effort().operations(), valid.effort().partitions());
            case Verdict.Invalid invalid ->
                invalid.counterexample().key().isNil()
                    ? invalid.counterexample().reason()
                    : "key %s: %s"
                        .formatted(
                            invalid.counterexample().key(), invalid.counterexample().reason());
            case Verdict.Undecided undecided -> undecided.reason();
          };
    };
  }

  private static List<Json> latencies(RunReport report) {
    List<Json> all = new ArrayList<>();
    for (Latencies.OfFunction each : Latencies.of(report.history()).functions()) {
      all.add(
          Json.empty()
              .with("function", each.function())
              .with("ok", each.ok())
              .with("failed", each.failed())
              .with("unknown", each.unknown())
              .with("p50-nanos", each.p50Nanos())
              .with("p90-nanos", each.p90Nanos())
              .with("p99-nanos", each.p99Nanos())
              .with("most-nanos", each.mostNanos()));
    }
    return all;
  }

  private static Json fault(RunReport.Fault fault) {
    return Json.empty()
        .with("fault", fault.text())
        .with("fate", fault.fate().name().toLowerCase(Locale.ROOT))
        .with("begins-nanos", fault.beginsNanos())
        .with("healed-nanos", fault.healedNanos())
        .with("reason", fault.reason());
  }
}
