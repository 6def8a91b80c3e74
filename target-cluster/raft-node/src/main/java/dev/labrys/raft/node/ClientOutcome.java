package dev.labrys.raft.node;

import dev.labrys.raft.store.Answer;

/// What a [NodeClient] knows of a request in the end.
public sealed interface ClientOutcome {

  /// It took effect, and this is what the store says to it.
  record Answered(Answer answer) implements ClientOutcome {}

  /// It has not taken effect and never will.
  ///
  /// @param reason in a word, for programs
  /// @param meaning in words
  record Refused(String reason, String meaning) implements ClientOutcome {}

  /// It may have taken effect, may do so later, or never.
  ///
  /// @param reason in a word, for programs
  /// @param meaning in words
  record Unknown(String reason, String meaning) implements ClientOutcome {}
}
