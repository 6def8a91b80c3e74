package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;

/// What [Sessions] can be asked.
public sealed interface SessionCommand {

  /// Opens a session. Answered [SessionAnswer.Opened].
  record Open() implements SessionCommand {}

  /// Closes a session, which forgets it at once. Answered [SessionAnswer.Closed], also if there was
  /// none any more.
  record Close(long session) implements SessionCommand {}

  /// Has `command` executed, once, however often this is asked.
  ///
  /// @param session as it was opened
  /// @param number of the request; the client counts from 1
  /// @param lowestUnanswered the lowest number that the client still waits for, or will ask next:
  ///   nobody asks again what is below
  record Request(long session, long number, long lowestUnanswered, Bytes command)
      implements SessionCommand {
    public Request {
      if (lowestUnanswered < 1 || lowestUnanswered > number) {
        throw new IllegalArgumentException(
            "request %d can't say that all below %d are answered"
                .formatted(number, lowestUnanswered));
      }
    }
  }

  /// Has `command` executed as often as it comes: a query, or what is harmless twice.
  record Unprotected(Bytes command) implements SessionCommand {}

  /// This as it is sent to [Sessions].
  default Bytes toBytes() {
    return SessionCodec.encode(this);
  }

  /// What `bytes` ask.
  ///
  /// @throws WireFormatException if they ask nothing
  static SessionCommand of(Bytes bytes) throws WireFormatException {
    return SessionCodec.command(bytes);
  }
}
