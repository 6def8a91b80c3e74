package dev.labrys.runner;

import dev.labrys.checker.Status;
import java.util.Comparator;
import java.util.List;

/// How every command of the command line ends. Listed from the best end to the worst: of several
/// histories, the worst decides how the command ends.
enum ExitCode {
  SUCCESS(0, "valid", "valid, or the command did what it was asked to"),
  VACUOUS(3, "vacuous", "vacuous: nothing was tested, so nothing was proved"),
  UNKNOWN(2, "unknown", "unknown: a bound was hit before either could be proved"),
  INCONCLUSIVE(4, "inconclusive", "inconclusive: the run itself cannot be trusted"),
  USAGE(64, "error", "wrong usage or malformed input"),
  UNAVAILABLE(69, "error", "something needed is unavailable"),
  INTERNAL(70, "error", "internal error: a bug in labrys"),
  VIOLATION(1, "invalid", "a violation was found");

  /// What a shell says of a process that was interrupted; the JVM sees to it.
  static final int INTERRUPTED = 130;

  /// What it says of one that was asked to end (SIGTERM).
  static final int TERMINATED = 143;

  private final int code;
  private final String word;
  private final String meaning;

  ExitCode(int code, String word, String meaning) {
    this.code = code;
    this.word = word;
    this.meaning = meaning;
  }

  /// How a command ends whose verdict is `status`.
  static ExitCode of(Status status) {
    return switch (status) {
      case VALID -> SUCCESS;
      case VACUOUS -> VACUOUS;
      case UNKNOWN -> UNKNOWN;
      case INCONCLUSIVE -> INCONCLUSIVE;
      case INVALID -> VIOLATION;
    };
  }

  /// What the process returns to its shell.
  int code() {
    return code;
  }

  /// The verdict it stands for, in one word.
  String word() {
    return word;
  }

  /// The meaning, in the words of the help.
  String meaning() {
    return meaning;
  }

  /// Whether it says that the input could not be judged at all.
  boolean isError() {
    return switch (this) {
      case USAGE, UNAVAILABLE, INTERNAL -> true;
      case SUCCESS, VACUOUS, UNKNOWN, INCONCLUSIVE, VIOLATION -> false;
    };
  }

  ExitCode worse(ExitCode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// All of them, by code.
  static List<ExitCode> byCode() {
    return List.of(values()).stream().sorted(Comparator.comparingInt(ExitCode::code)).toList();
  }
}
