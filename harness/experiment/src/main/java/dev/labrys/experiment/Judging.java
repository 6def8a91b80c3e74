package dev.labrys.experiment;

import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.cluster.NodeId;
import dev.labrys.report.RunPage;
import dev.labrys.report.RunReport;
import dev.labrys.workload.Workload;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Judges a run by its folder alone: one that has just ended, one whose harness was killed, or one
/// that came from somebody else.
public final class Judging {
  /// What each part of a history may cost, if nobody says otherwise.
  private static final SearchBudget USUAL =
      SearchBudget.standard().withTimeout(Duration.ofSeconds(60));

  private Judging() {}

  /// Judges it as when it was made.
  ///
  /// @throws IOException if this is no folder of a run, or it can't be read or written
  public static RunReport judge(RunFolder folder) throws IOException {
    return judge(folder, USUAL);
  }

  /// Judges it, and writes the verdict into the folder.
  ///
  /// @param budget for each part of its history
  /// @throws IOException if this is no folder of a run, or it can't be read or written
  public static RunReport judge(RunFolder folder, SearchBudget budget) throws IOException {
    Json kept = Json.read(folder.experiment());
    Experiment experiment = ExperimentJson.read(kept);
    Workload workload = workload(experiment);
    RunHistory.require(folder.history());
    // Now, as all else takes its time, and somebody may change the files meanwhile.
    String stamp = Stamp.of(folder);
    String fingerprint = Fingerprint.of(folder);
    RunHistory read = RunHistory.read(folder.history(), workload);
    Chronicle chronicle = Chronicle.of(read.whole());
    Findings findings = new Findings(experiment, read.whole(), chronicle);
    List<RunReport.Finding> all = new ArrayList<>(read.check(budget));
    all.addAll(findings.all());
    RunReport report =
        new RunReport(
            run(folder, experiment, chronicle),
            conclusion(all),
            all,
            read.whole(),
            chronicle.faults(),
            nodes(folder, experiment, chronicle),
            chronicle.reigns(),
            findings.availability(),
            chronicle.stallsToShow(),
            new RunReport.Setup(configuration(kept), Versions.read(kept), findings.remarks()));
    ResultsJson.of(report, fingerprint, stamp).write(folder.results());
    // Not into what is there, which may be a link to something else.
    Path half = folder.path().resolve("report.half");
    Files.deleteIfExists(half);
    try (OutputStream out = Files.newOutputStream(half, StandardOpenOption.CREATE_NEW)) {
      RunPage.write(report, out);
    }
    Files.move(half, folder.report(), StandardCopyOption.REPLACE_EXISTING);
    return report;
  }

  /// What somebody else has sent may be of a version with other workloads.
  private static Workload workload(Experiment experiment) throws IOException {
    try {
      return Workloads.named(experiment.load().workload());
    } catch (IllegalArgumentException unknown) {
      throw new MalformedRunException(
          "this run can't be judged here: " + unknown.getMessage(), unknown);
    }
  }

  private static RunReport.Run run(RunFolder folder, Experiment experiment, Chronicle chronicle) {
    return new RunReport.Run(
        folder.name(),
        Instant.ofEpochMilli(chronicle.origin().wallMillis()),
        experiment.cluster().system(),
        experiment.cluster().deployment().toString(),
        experiment.cluster().nodes(),
        experiment.load().workload(),
        experiment.trouble().schedule().isEmpty()
            ? experiment.trouble().faults()
            : "as " + folder.schedule().getFileName() + " says",
        Long.toString(experiment.seed()),
        chronicle.endNanos(),
        Replay.command(experiment, folder),
        chronicle.faults().isEmpty() ? "" : Replay.faults(experiment, folder));
  }

  /// The worst of all counts, and is the reason.
  private static RunReport.Conclusion conclusion(List<RunReport.Finding> findings) {
    Status worst = Status.VALID;
    for (RunReport.Finding each : findings) {
      worst = worst.worse(each.status());
    }
    Status status = worst;
    if (status == Status.VALID) {
      return new RunReport.Conclusion(status, List.of("nothing was found to be wrong"));
    }
    List<String> reasons =
        findings.stream()
            .filter(each -> each.status() == status)
            .map(each -> "%s: %s".formatted(each.checker(), ResultsJson.reason(each)))
            .toList();
    return new RunReport.Conclusion(status, reasons);
  }

  private static List<RunReport.Node> nodes(
      RunFolder folder, Experiment experiment, Chronicle chronicle) throws IOException {
    // Not those that the history names: it may be anybody's, and names of nodes name files.
    List<RunReport.Node> nodes = new ArrayList<>();
    for (int number = 1; number <= experiment.cluster().nodes(); number++) {
      String name = NodeId.numbered(number).name();
      nodes.add(
          new RunReport.Node(
              name,
              chronicle.stretches().getOrDefault(name, List.of()),
              NodeLogs.read(
                  folder.nodes().resolve(name + ".log"), chronicle.origin().monotonicNanos())));
    }
    return nodes;
  }

  private static List<RunReport.Setting> configuration(Json experiment) {
    List<RunReport.Setting> settings = new ArrayList<>();
    flatten("", experiment.fields(), settings);
    settings.removeIf(each -> each.key().startsWith("versions."));
    return settings;
  }

  private static void flatten(String prefix, Map<?, ?> fields, List<RunReport.Setting> settings) {
    fields.forEach((name, value) -> {
      String key = prefix + name;
      if (value instanceof Map<?, ?> inner) {
        flatten(key + ".", inner, settings);
      } else {
        settings.add(new RunReport.Setting(key, String.valueOf(value)));
      }
    });
  }
}
