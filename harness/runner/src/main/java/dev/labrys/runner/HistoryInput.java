package dev.labrys.runner;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.ReadOptions;
import dev.labrys.history.Tail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/// Reads histories by the names that users give them: files, or `-` for standard input.
///
/// A torn last line, which a killed recorder leaves behind, is dropped with a warning.
final class HistoryInput {
  private final Terminal terminal;
  private final ReadOptions options;

  HistoryInput(Terminal terminal, ReadOptions options) {
    this.terminal = terminal;
    this.options = options.withTail(Tail.RECOVER);
  }

  /// Reads all of the history `name`.
  History read(String name) throws IOException {
    try (HistoryReader reader = open(name)) {
      History history = reader.readAll();
      history.annotations().forEach(annotation -> warnIfTorn(name, annotation));
      return history;
    }
  }

  /// Opens the history `name` to be read event by event.
  HistoryReader open(String name) throws IOException {
    try {
      InputStream in =
          name.equals(HistoryFiles.STANDARD_INPUT)
              ? terminal.in()
              : Files.newInputStream(terminal.path(name));
      return HistoryReader.open(in, name, options);
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("no such file: " + Printable.line(name));
    }
  }

  /// Warns of a last line that was dropped, if `event` says so.
  void warnIfTorn(String name, Event event) {
    if (Remarks.isTornTail(event)) {
      terminal.warn(
          "labrys: %s: the last line is torn and was dropped, as after a crash of its recorder%n"
              .formatted(Printable.line(name)));
    }
  }
}
