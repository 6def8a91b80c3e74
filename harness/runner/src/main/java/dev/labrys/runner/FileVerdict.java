package dev.labrys.runner;

import dev.labrys.checker.Verdict;
import dev.labrys.report.Judgement;

/// What came of one history that `labrys check` was given.
sealed interface FileVerdict {

  /// The history, as the user named it.
  String name();

  ExitCode exitCode();

  /// A checker looked at it.
  record Judged(String name, Judgement judgement) implements FileVerdict {
    @Override
    public ExitCode exitCode() {
      return switch (judgement.verdict()) {
        case Verdict.Valid _ -> ExitCode.SUCCESS;
        case Verdict.Invalid _ -> ExitCode.VIOLATION;
        case Verdict.Undecided _ -> ExitCode.UNKNOWN;
      };
    }
  }

  /// There is nothing in it that could be right or wrong.
  record Vacuous(String name, String reason) implements FileVerdict {
    @Override
    public ExitCode exitCode() {
      return ExitCode.VACUOUS;
    }
  }

  /// It could not be judged.
  ///
  /// @param wrong what happened, for those who want to see where
  record Refused(String name, Diagnosis diagnosis, Throwable wrong) implements FileVerdict {
    @Override
    public ExitCode exitCode() {
      return diagnosis.exitCode();
    }
  }
}
