package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;

/// What goes to sessions and comes from them, as bytes: one that says what it is and in which
/// version, and what it consists of.
final class SessionCodec {
  private static final int OPEN = 0x10;
  private static final int CLOSE = 0x11;
  private static final int REQUEST = 0x12;
  private static final int UNPROTECTED = 0x13;

  private static final int OPENED = 0x18;
  private static final int CLOSED = 0x19;
  private static final int EXECUTED = 0x1A;
  private static final int MALFORMED = 0x1C;
  private static final int EXPIRED = 0x1D;
  private static final int ANSWERED = 0x1E;
  private static final int TOO_MANY = 0x1F;

  private SessionCodec() {}

  static Bytes encode(SessionCommand command) {
    return switch (command) {
      case SessionCommand.Open _ -> new WireWriter(1).octet(OPEN).toBytes();
      case SessionCommand.Close(long session) ->
          new WireWriter(11).octet(CLOSE).number(session).toBytes();
      case SessionCommand.Request(long session, long number, long lowestUnanswered, Bytes inner) ->
          new WireWriter(16 + inner.length())
              .octet(REQUEST)
              .number(session)
              .number(number)
              .number(number - lowestUnanswered)
              .rest(inner)
              .toBytes();
      case SessionCommand.Unprotected(Bytes inner) ->
          new WireWriter(1 + inner.length()).octet(UNPROTECTED).rest(inner).toBytes();
    };
  }

  static SessionCommand command(Bytes bytes) throws WireFormatException {
    WireReader reader = new WireReader(bytes);
    SessionCommand command =
        switch (reader.octet()) {
          case OPEN -> new SessionCommand.Open();
          case CLOSE -> new SessionCommand.Close(reader.number());
          case REQUEST -> request(reader);
          case UNPROTECTED -> new SessionCommand.Unprotected(reader.rest());
          default -> throw reader.malformedAt(0, "a kind of request that there is not");
        };
    reader.end();
    return command;
  }

  private static SessionCommand request(WireReader reader) throws WireFormatException {
    long session = reader.number();
    long number = reader.numberWithin(1, Long.MAX_VALUE);
    long lowestUnanswered = number - reader.numberWithin(0, number - 1);
    return new SessionCommand.Request(session, number, lowestUnanswered, reader.rest());
  }

  static Bytes encode(SessionAnswer answer) {
    return switch (answer) {
      case SessionAnswer.Opened(long session) ->
          new WireWriter(11).octet(OPENED).number(session).toBytes();
      case SessionAnswer.Closed _ -> new WireWriter(1).octet(CLOSED).toBytes();
      case SessionAnswer.Executed(Bytes inner) ->
          new WireWriter(1 + inner.length()).octet(EXECUTED).rest(inner).toBytes();
      case SessionAnswer.Refused(SessionAnswer.Reason reason) ->
          new WireWriter(1)
              .octet(
                  switch (reason) {
                    case MALFORMED -> MALFORMED;
                    case EXPIRED -> EXPIRED;
                    case ANSWERED -> ANSWERED;
                    case TOO_MANY -> TOO_MANY;
                  })
              .toBytes();
    };
  }

  static SessionAnswer answer(Bytes bytes) throws WireFormatException {
    WireReader reader = new WireReader(bytes);
    SessionAnswer answer =
        switch (reader.octet()) {
          case OPENED -> new SessionAnswer.Opened(reader.number());
          case CLOSED -> new SessionAnswer.Closed();
          case EXECUTED -> new SessionAnswer.Executed(reader.rest());
          case MALFORMED -> new SessionAnswer.Refused(SessionAnswer.Reason.MALFORMED);
          case EXPIRED -> new SessionAnswer.Refused(SessionAnswer.Reason.EXPIRED);
          case ANSWERED -> new SessionAnswer.Refused(SessionAnswer.Reason.ANSWERED);
          case TOO_MANY -> new SessionAnswer.Refused(SessionAnswer.Reason.TOO_MANY);
          default -> throw reader.malformedAt(0, "a kind of answer that there is not");
        };
    reader.end();
    return answer;
  }
}
