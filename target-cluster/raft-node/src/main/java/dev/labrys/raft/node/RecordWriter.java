package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Writes records to a file, one after the other, many at once.
final class RecordWriter {
  private static final int MOST_WAITING_BYTES = 1 << 18;

  private final FileLayer.OpenFile file;
  private final RecordFile place;
  private byte[] waiting = new byte[1 << 10];
  private int size;

  /// Where what is waiting goes to.
  private long flushed;

  /// @param end where the next record goes to
  RecordWriter(FileLayer.OpenFile file, RecordFile place, long end) {
    this.file = file;
    this.place = place;
    this.flushed = end;
  }

  /// Where the next record will begin.
  long end() {
    return flushed + size;
  }

  /// Adds a record whose body is the two parts together.
  void add(Bytes first, Bytes second) throws IOException {
    int length = first.length() + second.length();
    if (length < 1 || length > RecordFormat.MOST_BODY_BYTES) {
      throw new IllegalArgumentException(
          "a record has 1 to %d bytes, not %d".formatted(RecordFormat.MOST_BODY_BYTES, length));
    }
    int whole = RecordFormat.HEAD_BYTES + length;
    if (whole > MOST_WAITING_BYTES - size) {
      flush();
    }
    if (whole > MOST_WAITING_BYTES) {
      byte[] large = new byte[whole];
      put(first, second, large, 0);
      file.write(flushed, large, 0, whole);
      flushed += whole;
    } else {
      reserve(whole);
      put(first, second, waiting, size);
      size += whole;
    }
  }

  private void reserve(int more) {
    if (more > waiting.length - size) {
      int doubled = Math.min(MOST_WAITING_BYTES, 2 * waiting.length);
      waiting = Arrays.copyOf(waiting, Math.max(size + more, doubled));
    }
  }

  private void put(Bytes first, Bytes second, byte[] target, int at) {
    int body = at + RecordFormat.HEAD_BYTES;
    int length = first.length() + second.length();
    first.copyTo(target, body);
    second.copyTo(target, body + first.length());
    int checksum = RecordFormat.checksum(target, body, length);
    ByteBuffer.wrap(target, at, RecordFormat.HEAD_BYTES)
        .putInt(length)
        .putInt(checksum)
        .putInt(RecordFormat.headChecksum(place, end(), length, checksum));
  }

  /// Hands all records to the operating system.
  void flush() throws IOException {
    if (size > 0) {
      file.write(flushed, waiting, 0, size);
      flushed += size;
      size = 0;
    }
  }
}
