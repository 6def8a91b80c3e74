package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;

/// What a server says to a request in the end.
public sealed interface Reply {

  /// The state machine has answered.
  record Output(Bytes output) implements Reply {}

  /// What was asked for has been done; there is nothing more to say.
  record Done() implements Reply {}

  /// It was not done, or nobody can say ([Response.Refusal#isDefinite]).
  ///
  /// @param leader whom to ask instead, [ServerId#NOBODY] if unknown
  record Refused(Response.Refusal refusal, ServerId leader) implements Reply {}

  /// The server ended before it answered: what was asked for may still happen.
  record Lost() implements Reply {}

  /// As the core has it.
  static Reply of(Response response) {
    return switch (response) {
      case Response.Done() -> new Done();
      case Response.Refused(Response.Refusal refusal, ServerId leader) ->
          new Refused(refusal, leader);
    };
  }

  /// Whether what was asked for certainly does not take effect, now or later.
  default boolean isRefusedForGood() {
    return this instanceof Refused(Response.Refusal refusal, ServerId _) && refusal.isDefinite();
  }
}
