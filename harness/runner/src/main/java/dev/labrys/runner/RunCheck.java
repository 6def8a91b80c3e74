package dev.labrys.runner;

import dev.labrys.checker.SearchBudget;
import dev.labrys.experiment.Judging;
import dev.labrys.experiment.RunFolder;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Judges whole runs again, also those whose runner was killed.
final class RunCheck {
  private final Terminal terminal;
  private final SearchBudget budget;
  private final boolean isJson;
  private final boolean isQuiet;

  /// @param budget for each part of the history of a run
  RunCheck(Terminal terminal, SearchBudget budget, boolean isJson, boolean isQuiet) {
    this.terminal = terminal;
    this.budget = budget;
    this.isJson = isJson;
    this.isQuiet = isQuiet;
  }

  /// Whether all of `names` are folders of runs.
  boolean applies(List<String> names) {
    return names.stream()
        .allMatch(name -> !name.equals("-") && RunFolder.isOne(terminal.path(name)));
  }

  ExitCode judge(List<String> names) throws IOException {
    ExitCode worst = ExitCode.SUCCESS;
    for (String name : names) {
      Path path = terminal.path(name);
      RunFolder folder = new RunFolder(path).requireOver();
      RunReport report = Judging.judge(folder, budget);
      if (isJson) {
        terminal.print(Files.readString(folder.results()));
      } else if (!isQuiet) {
        terminal.print(RunText.of(report, terminal.shown(path.toAbsolutePath().normalize())));
      }
      worst = worst.worse(ExitCode.of(report.conclusion().status()));
    }
    return worst;
  }
}
