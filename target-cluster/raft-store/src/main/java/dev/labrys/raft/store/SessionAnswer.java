package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;

/// What [Sessions] say.
public sealed interface SessionAnswer {

  /// The session is open under this name, which no other ever had.
  record Opened(long session) implements SessionAnswer {}

  /// The session is no more.
  record Closed() implements SessionAnswer {}

  /// The command was executed, now or when it was asked first; the machine inside gave `answer`.
  record Executed(Bytes answer) implements SessionAnswer {}

  /// The command was not executed, and if this was the only attempt it never will be. An earlier
  /// attempt may have been executed all the same.
  record Refused(Reason reason) implements SessionAnswer {}

  /// Why a request was refused.
  enum Reason {
    MALFORMED("the bytes ask nothing that this version understands"),
    EXPIRED("there is no such session, or no more: open another"),
    ANSWERED("the client said that it has the answer already, or no more wants it"),
    TOO_MANY("too many requests of the session have not been answered: wait for some");

    private final String meaning;

    Reason(String meaning) {
      this.meaning = meaning;
    }

    /// In words.
    public String meaning() {
      return meaning;
    }
  }

  /// This as [Sessions] send it.
  default Bytes toBytes() {
    return SessionCodec.encode(this);
  }

  /// The answer that `bytes` say.
  ///
  /// @throws WireFormatException if they are none
  static SessionAnswer of(Bytes bytes) throws WireFormatException {
    return SessionCodec.answer(bytes);
  }
}
