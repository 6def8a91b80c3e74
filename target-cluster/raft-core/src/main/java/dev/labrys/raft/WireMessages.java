package dev.labrys.raft;

import static dev.labrys.raft.WireWriter.sizeOfNumber;

import java.util.ArrayList;
import java.util.List;

/// Messages as bytes: one that says which message, and its components in their order – but counts
/// before what they count.
final class WireMessages {
  private static final int REQUEST_VOTE = 1;
  private static final int VOTE_REPLY = 2;
  private static final int APPEND_ENTRIES = 3;
  private static final int APPEND_ACCEPTED = 4;
  private static final int APPEND_REJECTED = 5;
  private static final int INSTALL_SNAPSHOT = 6;
  private static final int SNAPSHOT_REPLY = 7;
  private static final int TIMEOUT_NOW = 8;
  private static final int READ_INDEX = 9;
  private static final int READ_INDEX_REPLY = 10;

  private static final int PRE_VOTE = 0;
  private static final int ELECTION = 1;
  private static final int TRANSFER = 2;

  private WireMessages() {}

  static void write(Message message, WireWriter writer) {
    switch (message) {
      case Message.RequestVote(long term, LogPosition last, Message.Campaign campaign) -> {
        writer.octet(REQUEST_VOTE).number(term);
        WireParts.write(last, writer);
        writer.octet(code(campaign));
      }
      case Message.VoteReply(long term, long asked, Message.Campaign campaign, boolean isGranted) ->
          writer
              .octet(VOTE_REPLY)
              .number(term)
              .number(asked)
              .octet(code(campaign))
              .octet(isGranted ? 1 : 0);
      case Message.AppendEntries append -> write(append, writer);
      case Message.AppendAccepted(long term, long round, long matchIndex) ->
          writer.octet(APPEND_ACCEPTED).number(term).number(round).number(matchIndex);
      case Message.AppendRejected(
              long term,
              long round,
              long previousIndex,
              Message.Conflict(long conflictTerm, long firstIndex, long lastIndex)) ->
          writer
              .octet(APPEND_REJECTED)
              .number(term)
              .number(round)
              .number(previousIndex)
              .number(conflictTerm)
              .number(firstIndex)
              .number(lastIndex);
      case Message.InstallSnapshot install -> write(install, writer);
      case Message.SnapshotReply(long term, LogPosition last, int nextOffset, long round) -> {
        writer.octet(SNAPSHOT_REPLY).number(term);
        WireParts.write(last, writer);
        writer.number(nextOffset).number(round);
      }
      case Message.TimeoutNow(long term) -> writer.octet(TIMEOUT_NOW).number(term);
      case Message.ReadIndex(long term, long read) ->
          writer.octet(READ_INDEX).number(term).number(read);
      case Message.ReadIndexReply(long term, long read, long index) ->
          writer.octet(READ_INDEX_REPLY).number(term).number(read).number(aboveRefused(index));
    }
  }

  private static void write(Message.AppendEntries append, WireWriter writer) {
    writer.octet(APPEND_ENTRIES).number(append.term());
    WireParts.write(append.previous(), writer);
    writer.number(append.commitIndex()).number(append.round()).number(append.entries().size());
    for (Entry entry : append.entries()) {
      WireParts.write(entry, writer);
    }
  }

  private static void write(Message.InstallSnapshot install, WireWriter writer) {
    writer.octet(INSTALL_SNAPSHOT).number(install.term());
    WireParts.write(install.last(), writer);
    WireParts.write(install.configuration(), writer);
    writer
        .number(install.offset())
        .bytes(install.chunk())
        .number(install.size())
        .number(install.round());
  }

  private static int code(Message.Campaign campaign) {
    return switch (campaign) {
      case PRE_VOTE -> PRE_VOTE;
      case ELECTION -> ELECTION;
      case TRANSFER -> TRANSFER;
    };
  }

  /// An index, or the refusal to name one, as a number that is not negative.
  private static long aboveRefused(long index) {
    return index - Message.ReadIndexReply.REFUSED;
  }

  static int size(Message message) {
    return switch (message) {
      case Message.RequestVote(long term, LogPosition last, Message.Campaign _) ->
          2 + sizeOfNumber(term) + WireParts.size(last);
      case Message.VoteReply(long term, long asked, Message.Campaign _, boolean _) ->
          3 + sizeOfNumber(term) + sizeOfNumber(asked);
      case Message.AppendEntries append -> size(append);
      case Message.AppendAccepted(long term, long round, long matchIndex) ->
          1 + sizeOfNumber(term) + sizeOfNumber(round) + sizeOfNumber(matchIndex);
      case Message.AppendRejected(
              long term,
              long round,
              long previousIndex,
              Message.Conflict(long conflictTerm, long firstIndex, long lastIndex)) ->
          1
              + sizeOfNumber(term)
              + sizeOfNumber(round)
              + sizeOfNumber(previousIndex)
              + sizeOfNumber(conflictTerm)
              + sizeOfNumber(firstIndex)
              + sizeOfNumber(lastIndex);
      case Message.InstallSnapshot install ->
          1
              + sizeOfNumber(install.term())
              + WireParts.size(install.last())
              + WireParts.size(install.configuration())
              + sizeOfNumber(install.offset())
              + WireWriter.sizeOfBytes(install.chunk())
              + sizeOfNumber(install.size())
              + sizeOfNumber(install.round());
      case Message.SnapshotReply(long term, LogPosition last, int nextOffset, long round) ->
          1
              + sizeOfNumber(term)
              + WireParts.size(last)
              + sizeOfNumber(nextOffset)
              + sizeOfNumber(round);
      case Message.TimeoutNow(long term) -> 1 + sizeOfNumber(term);
      case Message.ReadIndex(long term, long read) -> 1 + sizeOfNumber(term) + sizeOfNumber(read);
      case Message.ReadIndexReply(long term, long read, long index) ->
          1 + sizeOfNumber(term) + sizeOfNumber(read) + sizeOfNumber(aboveRefused(index));
    };
  }

  private static int size(Message.AppendEntries append) {
    int size =
        1
            + sizeOfNumber(append.term())
            + WireParts.size(append.previous())
            + sizeOfNumber(append.commitIndex())
            + sizeOfNumber(append.round())
            + sizeOfNumber(append.entries().size());
    for (Entry entry : append.entries()) {
      size += WireParts.size(entry);
    }
    return size;
  }

  static Message read(WireReader reader) throws WireFormatException {
    int position = reader.position();
    int kind = reader.octet();
    return switch (kind) {
      case REQUEST_VOTE ->
          new Message.RequestVote(natural(reader), WireParts.position(reader), campaign(reader));
      case VOTE_REPLY ->
          new Message.VoteReply(natural(reader), natural(reader), campaign(reader), truth(reader));
      case APPEND_ENTRIES -> appendEntries(reader);
      case APPEND_ACCEPTED ->
          new Message.AppendAccepted(natural(reader), natural(reader), natural(reader));
      case APPEND_REJECTED ->
          new Message.AppendRejected(
              natural(reader), natural(reader), natural(reader), conflict(reader));
      case INSTALL_SNAPSHOT ->
          new Message.InstallSnapshot(
              natural(reader),
              WireParts.position(reader),
              WireParts.configuration(reader),
              WireParts.natural32(reader),
              reader.bytes(),
              WireParts.natural32(reader),
              natural(reader));
      case SNAPSHOT_REPLY ->
          new Message.SnapshotReply(
              natural(reader),
              WireParts.position(reader),
              WireParts.natural32(reader),
              natural(reader));
      case TIMEOUT_NOW -> new Message.TimeoutNow(natural(reader));
      case READ_INDEX -> new Message.ReadIndex(natural(reader), natural(reader));
      case READ_INDEX_REPLY ->
          new Message.ReadIndexReply(
              natural(reader), natural(reader), natural(reader) + Message.ReadIndexReply.REFUSED);
      default -> throw reader.malformedAt(position, "a kind of message that there is not");
    };
  }

  private static Message appendEntries(WireReader reader) throws WireFormatException {
    long term = natural(reader);
    LogPosition previous = WireParts.position(reader);
    long commitIndex = natural(reader);
    long round = natural(reader);
    int count = reader.count();
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(WireParts.entry(reader));
    }
    return new Message.AppendEntries(term, previous, entries, commitIndex, round);
  }

  private static Message.Conflict conflict(WireReader reader) throws WireFormatException {
    return new Message.Conflict(natural(reader), natural(reader), natural(reader));
  }

  private static Message.Campaign campaign(WireReader reader) throws WireFormatException {
    int position = reader.position();
    return switch (reader.octet()) {
      case PRE_VOTE -> Message.Campaign.PRE_VOTE;
      case ELECTION -> Message.Campaign.ELECTION;
      case TRANSFER -> Message.Campaign.TRANSFER;
      default -> throw reader.malformedAt(position, "a kind of campaign that there is not");
    };
  }

  private static boolean truth(WireReader reader) throws WireFormatException {
    int position = reader.position();
    return switch (reader.octet()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw reader.malformedAt(position, "expected 0 or 1");
    };
  }

  private static long natural(WireReader reader) throws WireFormatException {
    return WireParts.natural(reader);
  }
}
