package dev.labrys.experiment;

import dev.labrys.checker.Checker;
import dev.labrys.checker.Checkers;
import dev.labrys.checker.Models;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.Operation;
import dev.labrys.history.ReadOptions;
import dev.labrys.history.Tail;
import dev.labrys.history.Value;
import dev.labrys.report.Judgement;
import dev.labrys.report.RunReport;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The history of a run, as a whole and by what it is about.
///
/// @param parts the operations on objects of one model, by its name; with the indices of the whole
record RunHistory(History whole, Map<String, History> parts, Workload workload) {
  /// Fewer successes than these prove nothing.
  private static final int FEWEST_SUCCESSES = 10;

  /// Also one that ends in the middle of a line, as its writer was killed.
  static RunHistory read(Path file, Workload workload) throws IOException {
    require(file);
    HistoryBuilder builder = new HistoryBuilder(file.toString());
    List<String> models = new ArrayList<>();
    try (HistoryReader reader =
        HistoryReader.open(file, ReadOptions.standard().withTail(Tail.RECOVER))) {
      while (reader.advance()) {
        Event event = reader.event();
        builder.add(event, reader.line());
        if (event instanceof Event.Invoked invoked) {
          models.add(model(invoked, workload));
        }
      }
    }
    History whole = builder.build();
    Map<String, List<Operation>> byModel = new TreeMap<>();
    for (Operation operation : whole.operations()) {
      byModel.computeIfAbsent(models.get(operation.index()), _ -> new ArrayList<>()).add(operation);
    }
    Map<String, History> parts = new TreeMap<>();
    byModel.forEach(
        (model, operations) -> parts.put(model, new History(operations, whole.annotations())));
    return new RunHistory(whole, parts, workload);
  }

  /// @throws MalformedRunException if there is none
  static void require(Path file) throws MalformedRunException {
    if (!Files.isRegularFile(file)) {
      throw new MalformedRunException(
          file + " is not there: the runner was killed before clients were at work");
    }
  }

  private static String model(Event.Invoked invoked, Workload workload) {
    return invoked.extras().entries().get(Scribe.MODEL) instanceof Value.Text(String named)
        ? named
        : workload.judges().getFirst().model();
  }

  /// What each part of it is worth, to everybody who judges it.
  ///
  /// @param budget for each part
  List<RunReport.Finding> check(SearchBudget budget) {
    List<RunReport.Finding> findings = new ArrayList<>();
    for (Workload.Judge judge : workload.judges()) {
      History part = parts.getOrDefault(judge.model(), new History(List.of()));
      Checker checker = Checkers.named(judge.checker(), Models.named(judge.model()), budget);
      Verdict verdict = checker.check(part);
      long successes = part.operations().stream().filter(Operation::isOk).count();
      findings.add(
          verdict instanceof Verdict.Valid && successes < FEWEST_SUCCESSES
              ? Findings.stated(
                  checker.name(),
                  Status.VACUOUS,
                  "only %d operations succeeded, which proves nothing".formatted(successes))
              : new RunReport.Finding.Judged(
                  new Judgement(judge.model(), checker.name(), part, verdict)));
    }
    return findings;
  }
}
