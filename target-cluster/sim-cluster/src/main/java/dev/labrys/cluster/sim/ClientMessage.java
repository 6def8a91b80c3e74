package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;

/// What clients and servers say to each other.
sealed interface ClientMessage {

  /// A client wants something.
  ///
  /// @param attempt numbers what the client has sent
  record Ask(long attempt, ClientCall.Kind kind, Bytes bytes) implements ClientMessage {}

  /// A server answers.
  ///
  /// @param attempt of the question
  record Told(long attempt, Reply reply) implements ClientMessage {}

  /// About how many bytes it takes.
  default long size() {
    return switch (this) {
      case Ask(long _, ClientCall.Kind _, Bytes bytes) -> HEADER_BYTES + bytes.length();
      case Told(long _, Reply.Output(Bytes output)) -> HEADER_BYTES + output.length();
      case Told _ -> HEADER_BYTES;
    };
  }

  /// What it takes beside what it carries.
  long HEADER_BYTES = 12;
}
