package dev.labrys.cluster.sim;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.Bytes;
import java.util.function.Function;

/// Something that a client wants, as a server gets it and as a history tells it.
///
/// @param function as a history has it, as are `key` and `input`
/// @param bytes what a server is told
/// @param outcome what the state machine's answer means
public record ClientCall(
    String function,
    Value key,
    Value input,
    Kind kind,
    Bytes bytes,
    Function<Bytes, Outcome> outcome) {

  /// What a server is to do with it.
  public enum Kind {
    /// Execute it.
    COMMAND,
    /// Answer it; it changes nothing.
    QUERY
  }
}
