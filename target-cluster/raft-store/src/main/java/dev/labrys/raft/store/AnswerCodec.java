package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.ArrayList;
import java.util.List;

/// Answers as bytes: a version, a byte that says which answer, and what it consists of.
final class AnswerCodec {
  private static final int VERSION = 1;

  private static final int DONE = 1;
  private static final int FOUND = 2;
  private static final int SO = 3;
  private static final int NOT_SO = 4;
  private static final int ITEMS = 5;
  private static final int EACH = 6;
  private static final int MALFORMED = 16;
  private static final int NOT_A_QUERY = 17;
  private static final int NOT_A_TEXT = 18;
  private static final int FULL = 19;

  private AnswerCodec() {}

  static Bytes encode(Answer answer) {
    WireWriter writer = new WireWriter(sizeGuess(answer)).octet(VERSION);
    write(answer, writer);
    return writer.toBytes();
  }

  private static int sizeGuess(Answer answer) {
    return switch (answer) {
      case Answer.Found(Datum.Text(Bytes utf8)) -> 8 + utf8.length();
      case Answer.Items(List<Datum> items) -> 8 + 4 * items.size();
      default -> 8;
    };
  }

  private static void write(Answer answer, WireWriter writer) {
    switch (answer) {
      case Answer.Done _ -> writer.octet(DONE);
      case Answer.Found(Datum datum) -> {
        writer.octet(FOUND);
        datum.write(writer);
      }
      case Answer.Truth(boolean isSo) -> writer.octet(isSo ? SO : NOT_SO);
      case Answer.Items(List<Datum> items) -> {
        writer.octet(ITEMS).number(items.size());
        items.forEach(item -> item.write(writer));
      }
      case Answer.Each(List<Answer> answers) -> {
        writer.octet(EACH).number(answers.size());
        answers.forEach(part -> write(part, writer));
      }
      case Answer.Refused(Answer.Reason reason) ->
          writer.octet(
              switch (reason) {
                case MALFORMED -> MALFORMED;
                case NOT_A_QUERY -> NOT_A_QUERY;
                case NOT_A_TEXT -> NOT_A_TEXT;
                case FULL -> FULL;
              });
    }
  }

  static Answer decode(Bytes bytes) throws WireFormatException {
    WireReader reader = new WireReader(bytes);
    if (reader.octet() != VERSION) {
      throw reader.malformedAt(0, "expected version " + VERSION + " of answers");
    }
    int position = reader.position();
    int kind = reader.octet();
    Answer answer = kind == EACH ? new Answer.Each(parts(reader)) : read(kind, position, reader);
    reader.end();
    return answer;
  }

  private static List<Answer> parts(WireReader reader) throws WireFormatException {
    int count = reader.count();
    List<Answer> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int position = reader.position();
      parts.add(read(reader.octet(), position, reader));
    }
    return parts;
  }

  /// Reads an answer that is not made of answers.
  private static Answer read(int kind, int position, WireReader reader) throws WireFormatException {
    return switch (kind) {
      case DONE -> new Answer.Done();
      case FOUND -> new Answer.Found(Datum.read(reader));
      case SO -> new Answer.Truth(true);
      case NOT_SO -> new Answer.Truth(false);
      case ITEMS -> new Answer.Items(items(reader));
      case MALFORMED -> new Answer.Refused(Answer.Reason.MALFORMED);
      case NOT_A_QUERY -> new Answer.Refused(Answer.Reason.NOT_A_QUERY);
      case NOT_A_TEXT -> new Answer.Refused(Answer.Reason.NOT_A_TEXT);
      case FULL -> new Answer.Refused(Answer.Reason.FULL);
      default -> throw reader.malformedAt(position, "a kind of answer that there is not here");
    };
  }

  private static List<Datum> items(WireReader reader) throws WireFormatException {
    int count = reader.count();
    List<Datum> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(Datum.read(reader));
    }
    return items;
  }
}
