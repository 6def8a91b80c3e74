package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Response;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.ServerId;
import java.util.Locale;

/// What becomes of an [Ask].
sealed interface Reply {

  /// The state machine's answer.
  record Answered(Bytes answer) implements Reply {}

  /// It is done, and there is nothing to tell.
  record Done() implements Reply {}

  /// It has not taken effect and never will.
  ///
  /// @param reason in a word for programs
  /// @param meaning in words
  /// @param leader whom to ask instead, if known
  record Refused(String reason, String meaning, ServerId leader) implements Reply {

    Refused(String reason, String meaning) {
      this(reason, meaning, ServerId.NOBODY);
    }

    /// Whether another server may well accept it.
    boolean isRedirect() {
      return reason.equals(NOT_LEADER);
    }
  }

  /// Nobody can say whether it has taken effect, or will.
  record Unknown(String reason, String meaning) implements Reply {}

  /// The reason of those who are asked what only the leader can do.
  String NOT_LEADER = word(Refusal.NOT_LEADER);

  /// Too much waits already.
  Refused BUSY = new Refused(word(Refusal.BUSY), Refusal.BUSY.meaning());

  /// What the core says that is no answer of the state machine.
  static Reply of(Response response) {
    return switch (response) {
      case Response.Done _ -> new Done();
      case Response.Refused(Refusal refusal, ServerId leader) ->
          refusal.isDefinite()
              ? new Refused(word(refusal), refusal.meaning(), leader)
              : new Unknown(word(refusal), refusal.meaning());
    };
  }

  private static String word(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
