package dev.labrys.history;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a history event by event, from any [HistoryFormat], compressed or not.
///
/// ```java
/// History history = HistoryReader.read(Path.of("run/history.jsonl"));
/// ```
///
/// To keep memory bounded, walk the events instead; whether they follow each other as they must is
/// then checked by whoever consumes them ([JournalRules]).
///
/// ```java
/// try (HistoryReader reader = HistoryReader.open(path, ReadOptions.standard())) {
///   while (reader.advance()) {
///     consume(reader.event());
///   }
/// }
/// ```
public final class HistoryReader implements AutoCloseable {
  private static final int SNIFFED_BYTES = 1 << 12;
  private static final int GZIP_BUFFER = 1 << 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String source;
  private final HistoryFormat format;
  private final EventSource events;
  private final Keys keys;
  private final ProcessTable<Value> openKeys = new ProcessTable<>();
  private Event event = new Event.Note("", "", Value.nil(), 0, Value.MapOf.empty());

  private HistoryReader(String source, HistoryFormat format, EventSource events, Keys keys) {
    this.source = source;
    this.format = format;
    this.events = events;
    this.keys = keys;
  }

  /// Reads all of `file`.
  ///
  /// @throws MalformedHistoryException if it is not written as its format demands
  /// @throws IllFormedHistoryException if no run can produce it
  public static History read(Path file) throws IOException {
    return read(file, ReadOptions.standard());
  }

  /// Reads all of `file`.
  ///
  /// @throws MalformedHistoryException if it is not written as its format demands
  /// @throws IllFormedHistoryException if no run can produce it
  public static History read(Path file, ReadOptions options) throws IOException {
    try (HistoryReader reader = open(file, options)) {
      return reader.readAll();
    }
  }

  /// Opens `file` to be read event by event.
  public static HistoryReader open(Path file, ReadOptions options) throws IOException {
    return open(Files.newInputStream(file), file.getFileName().toString(), options);
  }

  /// Opens a stream, which this reader will close.
  ///
  /// @param source what to call it in messages; its ending counts where the content says nothing
  public static HistoryReader open(InputStream in, String source, ReadOptions options)
      throws IOException {
    try {
      InputStream plain = uncompressed(in);
      byte[] start = peek(plain, SNIFFED_BYTES);
      HistoryFormat format =
          options
              .format()
              .or(() -> HistoryFormat.ofContent(start))
              .or(() -> start.length == 0 ? HistoryFormat.ofName(source) : Optional.empty())
              .orElseThrow(() -> unrecognized(source, start));
      return new HistoryReader(
          source, format, format.parser(plain, source, options.tail()), options.keys());
    } catch (ZipException | EOFException broken) {
      in.close();
      throw notGzip(source, 1, broken);
    } catch (IOException | RuntimeException broken) {
      in.close();
      throw broken;
    }
  }

  private static MalformedHistoryException unrecognized(String source, byte[] start) {
    return new MalformedHistoryException(
        source,
        1,
        1,
        (start.length == 0 ? "is empty; " : "")
            + "expected a history in jsonl, Jepsen's EDN, an etcd log or a kv log");
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    InputStream peekable = new BufferedInputStream(in, GZIP_BUFFER);
    byte[] start = peek(peekable, 2);
    InputStream plain = peekable;
    if (start.length == 2
        && (start[0] & 0xff) == GZIP_MAGIC_1
        && (start[1] & 0xff) == GZIP_MAGIC_2) {
      plain = new BufferedInputStream(new GZIPInputStream(peekable, GZIP_BUFFER), GZIP_BUFFER);
    }
    if (Arrays.equals(peek(plain, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      plain.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return plain;
  }

  /// The first bytes of what `in` is about to give.
  private static byte[] peek(InputStream in, int count) throws IOException {
    in.mark(count);
    byte[] start = in.readNBytes(count);
    in.reset();
    return start;
  }

  /// What this history is written in.
  public HistoryFormat format() {
    return format;
  }

  /// Goes to the next event; false at the end.
  ///
  /// @throws MalformedHistoryException if what follows is not written as the format demands
  public boolean advance() throws IOException {
    try {
      if (!events.advance()) {
        return false;
      }
    } catch (ZipException | EOFException broken) {
      throw notGzip(source, events.line() + 1, broken);
    }
    event = events.event();
    if (keys != Keys.FIELD) {
      event = keys.applyTo(event, openKeys, place());
    }
    return true;
  }

  private static MalformedHistoryException notGzip(String source, long line, IOException broken) {
    return new MalformedHistoryException(
        source, line, 1, "the compressed data is broken or cut off: " + broken.getMessage());
  }

  /// The event that the last [#advance] went to.
  public Event event() {
    return event;
  }

  /// The line in which [#event] starts, counted from 1.
  public long line() {
    return events.line();
  }

  /// Where [#event] starts, for messages: the source and the line.
  public String place() {
    return source + ":" + line();
  }

  /// Reads the rest, and pairs it into operations.
  ///
  /// @throws IllFormedHistoryException if no run can produce it
  public History readAll() throws IOException {
    HistoryBuilder builder = new HistoryBuilder(source);
    while (advance()) {
      builder.add(event, line());
    }
    return builder.build();
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
