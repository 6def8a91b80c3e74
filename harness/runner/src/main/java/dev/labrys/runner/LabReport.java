package dev.labrys.runner;

import dev.labrys.lab.LabSuite;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of a suite so far, and who has to be told. It ends once: what comes after an
/// interrupt, from a run that has not noticed yet, is not said any more.
final class LabReport implements LabSuite.Listener {
  private final LabOutput output;
  private final LabFailures file;
  private final LabScreen screen;
  private final Map<LabTest, Score> scores = new LinkedHashMap<>();
  private final List<LabSuite.Failure> failures = new ArrayList<>();
  private boolean ended;

  LabReport(LabSuite.Plan plan, LabOutput output, LabFailures file, LabScreen screen) {
    this.output = output;
    this.file = file;
    this.screen = screen;
    plan.tests().forEach(test -> scores.put(test, Score.none(test)));
  }

  @Override
  public synchronized void counted(Score score) {
    if (!ended) {
      scores.put(score.test(), score);
      screen.show(scores.values());
    }
  }

  @Override
  public synchronized void failed(LabSuite.Failure failure) {
    if (!ended) {
      failures.add(failure);
      file.save(failure);
    }
  }

  /// Says all, and how the command ends.
  synchronized ExitCode end(LabOutput.Ending ending) {
    if (!ended) {
      ended = true;
      screen.clear();
      output.end(ending, List.copyOf(scores.values()), failures);
    }
    return failures.isEmpty() ? ExitCode.SUCCESS : ExitCode.VIOLATION;
  }
}
