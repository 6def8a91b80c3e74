package dev.labrys.report;

import dev.labrys.history.Outcome;

/// Outcomes as the scripts of the pages number them.
final class OutcomeCode {
  static final int OK = 0;
  static final int UNKNOWN = 1;
  static final int FAILED = 2;

  private OutcomeCode() {}

  static int of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ok ok -> OK;
      case Outcome.Unknown unknown -> UNKNOWN;
      case Outcome.Failed failed -> FAILED;
    };
  }
}
