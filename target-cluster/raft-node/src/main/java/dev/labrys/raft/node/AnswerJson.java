package dev.labrys.raft.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Datum;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/// JSON as the node answers it.
final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  /// Writes into a generator.
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /// An object with the fields that `fields` writes.
  static String object(Writing fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      fields.to(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString();
  }

  /// A value: nothing to tell is null.
  static void write(JsonGenerator json, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Done _ -> json.writeNull();
      case Answer.Found(Datum datum) -> write(json, datum);
      case Answer.Truth(boolean isSo) -> json.writeBoolean(isSo);
      case Answer.Items(List<Datum> items) -> {
        json.writeStartArray();
        for (Datum item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case Answer.Each(List<Answer> answers) -> {
        json.writeStartArray();
        for (Answer each : answers) {
          write(json, each);
        }
        json.writeEndArray();
      }
      case Answer.Refused(Answer.Reason reason) -> {
        json.writeStartObject();
        json.writeStringField("refused", reason.meaning());
        json.writeEndObject();
      }
    }
  }

  private static void write(JsonGenerator json, Datum datum) throws IOException {
    switch (datum) {
      case Datum.Nothing _ -> json.writeNull();
      case Datum.Whole(long number) -> json.writeNumber(number);
      case Datum.Text text -> json.writeString(text.text());
    }
  }

  static void write(JsonGenerator json, String name, Collection<ServerId> servers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ServerId each : servers) {
      json.writeString(each.toString());
    }
    json.writeEndArray();
  }
}
