package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.history.History;

/// A verdict together with what was judged: all that a report is made from.
///
/// @param source where the history came from, in the user's words: a file name, a run
/// @param checker what judged it: `linearizable register`
public record Judgement(String source, String checker, History history, Verdict verdict) {

  /// The verdict in one word, the same in text, JSON and page.
  String word() {
    return switch (verdict) {
      case Verdict.Valid valid -> "valid";
      case Verdict.Invalid invalid -> "invalid";
      case Verdict.Undecided undecided -> "unknown";
    };
  }
}
