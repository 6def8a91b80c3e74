package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Response;

/// What becomes of a request at a server.
public sealed interface Answer {

  /// The state machine has answered.
  record Output(Bytes output) implements Answer {}

  /// What was asked for has been done; there is nothing more to say.
  record Done() implements Answer {}

  /// It was not done, or nobody can say ([Response.Refusal#isDefinite]).
  record Refused(Response.Refused refusal) implements Answer {}

  /// The server ended before it answered: what was asked for may still happen.
  record Lost() implements Answer {}
}
