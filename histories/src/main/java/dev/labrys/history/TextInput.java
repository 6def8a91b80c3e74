package dev.labrys.history;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of a text file, one at a time, with the line and column of the next one.
///
/// A caller may [#mark] where a token starts: the bytes from there on stay at hand, so that a token
/// is decoded straight from the buffer.
final class TextInput implements Closeable {
  /// What [#peek] and [#next] say after the last byte.
  static final int END = -1;

  private static final int CAPACITY = 1 << 16;
  private static final int UNMARKED = -1;

  private final InputStream in;
  private final String source;
  private byte[] bytes = new byte[CAPACITY];
  private int position;
  private int limit;
  private int mark = UNMARKED;
  private long bytesBefore;
  private long lineStart;
  private long line = 1;

  TextInput(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  String source() {
    return source;
  }

  /// The line of the next byte, counted from 1.
  long line() {
    return line;
  }

  /// The column of the next byte, counted from 1.
  long column() {
    return Math.max(1, offset() - lineStart + 1);
  }

  /// How many bytes have been read.
  long offset() {
    return bytesBefore + position;
  }

  /// The next byte, or [#END], without going past it.
  int peek() throws IOException {
    return position < limit || fill() ? bytes[position] & 0xff : END;
  }

  /// Goes past the next byte, and says which it was, or [#END].
  int next() throws IOException {
    if (position == limit && !fill()) {
      return END;
    }
    int next = bytes[position++] & 0xff;
    if (next == '\n') {
      line++;
      lineStart = bytesBefore + position;
    }
    return next;
  }

  /// Goes past the next byte, which was peeked at and is no line end.
  void skip() {
    position++;
  }

  /// Keeps the bytes from here on at hand.
  void mark() {
    mark = position;
  }

  /// Goes back to the mark, which must be in the current line, and takes it away.
  void rewind() {
    position = mark;
    mark = UNMARKED;
  }

  /// Goes past bytes for which `kinds` has 0, none of which may be a line end.
  void skipToken(byte[] kinds) throws IOException {
    do {
      int next = position;
      while (next < limit && kinds[bytes[next] & 0xff] == 0) {
        next++;
      }
      position = next;
    } while (position == limit && fill());
  }

  /// The bytes of the buffer; those from [#markStart] on are the ones since the mark.
  byte[] buffer() {
    return bytes;
  }

  int markStart() {
    return mark;
  }

  /// How many bytes were read since the mark.
  int markLength() {
    return position - mark;
  }

  boolean isMarkedAscii() {
    for (int i = mark; i < position; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /// The text since the mark.
  String marked() {
    int length = position - mark;
    return isMarkedAscii()
        ? new String(bytes, mark, length, StandardCharsets.ISO_8859_1)
        : decode(mark, length);
  }

  private String decode(int start, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed("expected UTF-8");
    }
  }

  void unmark() {
    mark = UNMARKED;
  }

  private boolean fill() throws IOException {
    int kept = mark == UNMARKED ? limit : mark;
    if (kept > 0) {
      System.arraycopy(bytes, kept, bytes, 0, limit - kept);
      bytesBefore += kept;
      position -= kept;
      limit -= kept;
      mark = mark == UNMARKED ? UNMARKED : 0;
    } else if (limit == bytes.length) {
      if (limit > Limits.TEXT_BYTES) {
        throw malformed("a text is longer than " + Limits.TEXT_BYTES + " bytes");
      }
      bytes = Arrays.copyOf(bytes, limit * 2);
    }
    int count = in.read(bytes, limit, bytes.length - limit);
    if (count <= 0) {
      return false;
    }
    limit += count;
    return true;
  }

  /// An error at the next byte.
  MalformedHistoryException malformed(String problem) {
    return new MalformedHistoryException(source, line, column(), problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
