package dev.labrys.runner;

import dev.labrys.lab.LabSuite;
import dev.labrys.lab.Score;
import java.util.List;

/// How `labrys lab` says what it found.
interface LabOutput {

  /// Why no more runs will come.
  enum Ending {
    COMPLETE,
    INTERRUPTED
  }

  /// Says what became of all runs that count.
  ///
  /// @param scores one for each test, in order
  /// @param failures in the order of the runs
  void end(Ending ending, List<Score> scores, List<LabSuite.Failure> failures);
}
