package dev.labrys.runner;

import dev.labrys.cluster.sim.TraceSink;
import dev.labrys.lab.LabOptions;
import dev.labrys.lab.LabResult;
import dev.labrys.lab.LabSeed;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.LabTrial;
import dev.labrys.lab.LogColumns;
import java.util.Locale;

/// One run of a lab test, repeated.
///
/// @param seed what it comes from
record LabReplay(Terminal terminal, LabTest test, LabSeed seed, LabOptions options) {

  /// Runs it and says how it ended.
  ExitCode run() {
    return say(new LabTrial(options).run(test, seed));
  }

  /// The same, after a log of what happened.
  ExitCode shown(LabLogChoice choice) {
    LogColumns columns = new LogColumns(choice.layout(test.servers()), terminal::printLater);
    columns.head();
    TraceSink sink = columns;
    return say(new LabTrial(options).run(test, seed, sink));
  }

  private ExitCode say(LabResult result) {
    LabResult.Cost cost = result.cost();
    String took =
        String.format(
            Locale.ROOT,
            "%.2f s, %,d RPCs, %,d bytes",
            cost.virtualNanos() / 1e9,
            cost.calls(),
            cost.bytes());
    return switch (result.ending()) {
      case LabResult.Passed _ -> {
        terminal.print("passed  %s, seed %s: %s%n".formatted(test, seed, took));
        yield ExitCode.SUCCESS;
      }
      case LabResult.Failed(String reason, String story) -> {
        terminal.print(
            "FAILED  %s, seed %s: %s%n  %s%n%n%s".formatted(test, seed, took, reason, story));
        yield ExitCode.VIOLATION;
      }
    };
  }
}
