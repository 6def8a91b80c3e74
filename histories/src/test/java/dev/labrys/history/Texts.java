package dev.labrys.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Histories as texts, in memory.
final class Texts {
  private static final String SOURCE = "history";

  private Texts() {}

  static byte[] write(List<Event> events, HistoryFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryWriter writer = HistoryWriter.to(out, format)) {
      for (Event event : events) {
        writer.write(event);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  static List<Event> events(byte[] text, ReadOptions options) {
    List<Event> events = new ArrayList<>();
    try (HistoryReader reader =
        HistoryReader.open(new ByteArrayInputStream(text), SOURCE, options)) {
      while (reader.advance()) {
        events.add(reader.event());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return events;
  }

  static List<Event> events(String text, HistoryFormat format) {
    return events(bytes(text), ReadOptions.standard().withFormat(format));
  }

  static History history(byte[] text, ReadOptions options) {
    try (HistoryReader reader =
        HistoryReader.open(new ByteArrayInputStream(text), SOURCE, options)) {
      return reader.readAll();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static History history(String text) {
    return history(bytes(text), ReadOptions.standard());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
