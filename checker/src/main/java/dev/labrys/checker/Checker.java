package dev.labrys.checker;

import dev.labrys.history.History;

/// Anything that can judge a finished history.
public interface Checker {
  /// The name users know it by.
  String name();

  Verdict check(History history);
}
