package dev.labrys.history;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts the line ends that pass, and stops a line that is too long to be an event.
final class LineCounter extends FilterInputStream {
  private final String source;
  private long lineEnds;
  private long bytesSinceLineEnd;

  LineCounter(InputStream in, String source) {
    super(in);
    this.source = source;
  }

  /// Whether `line`, counted from 1, goes on to the end of the stream without a line end.
  boolean isLastAndUnended(long line) throws IOException {
    byte[] rest = new byte[1 << 12];
    while (lineEnds < line) {
      if (read(rest, 0, rest.length) < 0) {
        return true;
      }
    }
    return false;
  }

  /// How many bytes the line has that passed last.
  long bytesSinceLineEnd() {
    return bytesSinceLineEnd;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    int lineStart = offset;
    for (int i = offset; i < offset + count; i++) {
      if (target[i] == '\n') {
        count(i - lineStart);
        lineEnds++;
        bytesSinceLineEnd = 0;
        lineStart = i + 1;
      }
    }
    count(Math.max(0, offset + count - lineStart));
    return count;
  }

  private void count(int bytes) {
    bytesSinceLineEnd += bytes;
    if (bytesSinceLineEnd > Limits.EVENT_BYTES) {
      throw new MalformedHistoryException(
          source, lineEnds + 1, 1, "the line is longer than " + Limits.EVENT_BYTES + " bytes");
    }
  }

  @Override
  public long skip(long count) {
    throw new UnsupportedOperationException("what is skipped would not be counted");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
