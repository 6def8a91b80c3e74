package dev.labrys.checker;

/// Verdicts in one word.
final class Verdicts {
  private Verdicts() {}

  static Status status(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid -> Status.VALID;
      case Verdict.Invalid invalid -> Status.INVALID;
      case Verdict.Undecided undecided -> Status.UNKNOWN;
    };
  }
}
