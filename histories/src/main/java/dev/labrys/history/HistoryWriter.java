package dev.labrys.history;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes a history event by event, in any [HistoryFormat]; compressed if the name ends in `.gz`.
///
/// Not for recording: what it holds back is lost with the process. That is what [Recorder] is for.
public final class HistoryWriter implements AutoCloseable {
  private static final int FLUSHED_BYTES = 1 << 16;

  private final OutputStream out;
  private final EventEncoder encoder;
  private final Utf8Buffer buffer = new Utf8Buffer();

  private HistoryWriter(OutputStream out, HistoryFormat format) {
    this.out = out;
    encoder = format.encoder();
    encoder.start(buffer);
  }

  /// Writes `history` to `file`, in the format that its name says, [HistoryFormat#JSONL] if it says
  /// nothing.
  public static void write(Path file, History history) throws IOException {
    HistoryFormat format =
        HistoryFormat.ofName(file.getFileName().toString()).orElse(HistoryFormat.JSONL);
    try (HistoryWriter writer = create(file, format)) {
      writer.write(history);
    }
  }

  /// Creates or overwrites `file`.
  public static HistoryWriter create(Path file, HistoryFormat format) throws IOException {
    OutputStream raw = Files.newOutputStream(file);
    try {
      boolean isCompressed = file.getFileName().toString().endsWith(HistoryFormat.GZIPPED);
      return to(isCompressed ? new GZIPOutputStream(raw, FLUSHED_BYTES) : raw, format);
    } catch (IOException broken) {
      raw.close();
      throw broken;
    }
  }

  /// Writes to `out`, which this writer will close.
  public static HistoryWriter to(OutputStream out, HistoryFormat format) {
    return new HistoryWriter(out, format);
  }

  /// Writes the next event.
  ///
  /// @throws IllegalArgumentException if the format has no way to say it
  public void write(Event event) throws IOException {
    int complete = buffer.size();
    try {
      encoder.event(buffer, event);
    } catch (IllegalArgumentException unsayable) {
      buffer.truncate(complete);
      throw unsayable;
    }
    if (buffer.size() >= FLUSHED_BYTES) {
      flush();
    }
  }

  /// Writes all events of `history`, in order.
  ///
  /// @throws IllegalArgumentException if the format has no way to say one of them
  public void write(History history) throws IOException {
    for (Event event : history.journal()) {
      write(event);
    }
  }

  private void flush() throws IOException {
    buffer.writeTo(out);
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
