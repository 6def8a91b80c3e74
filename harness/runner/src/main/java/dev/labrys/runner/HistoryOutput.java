package dev.labrys.runner;

import dev.labrys.history.HistoryFormat;
import dev.labrys.history.HistoryWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes a history where a user wants it: into a file, or to standard output for `-`.
final class HistoryOutput {
  /// What stands for standard output.
  static final String STANDARD_OUTPUT = "-";

  private final Terminal terminal;
  private final String name;
  private final HistoryFormat format;

  /// @param format how to write, or null for what the ending of the name says, else jsonl
  HistoryOutput(Terminal terminal, String name, @Nullable HistoryFormat format) {
    this.terminal = terminal;
    this.name = name;
    this.format = format == null ? HistoryFormat.ofName(name).orElse(HistoryFormat.JSONL) : format;
  }

  /// Something that gives a writer what to write.
  interface Story {
    void tell(HistoryWriter writer) throws IOException;
  }

  HistoryFormat format() {
    return format;
  }

  boolean isStandardOutput() {
    return name.equals(STANDARD_OUTPUT);
  }

  /// Writes all that `story` tells. If it can't be told to its end, no half of a file stays behind.
  void write(Story story) throws IOException {
    if (isStandardOutput()) {
      try (HistoryWriter writer = HistoryWriter.to(unclosable(terminal.data()), format)) {
        tell(story, writer);
      }
      return;
    }
    Path file = terminal.newFile(name);
    boolean isComplete = false;
    try (HistoryWriter writer = HistoryWriter.create(file, format)) {
      tell(story, writer);
      isComplete = true;
    } finally {
      if (!isComplete && Files.isRegularFile(file)) {
        Files.delete(file);
      }
    }
  }

  private void tell(Story story, HistoryWriter writer) throws IOException {
    try {
      story.tell(writer);
    } catch (IllegalArgumentException unsayable) {
      throw CommandFailure.usage(
          "%s: %s".formatted(format.title(), Diagnosis.messageOf(unsayable)));
    }
  }

  /// Standard output outlives the history.
  private static OutputStream unclosable(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}
