package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Reads the records of a file, and tells what is none.
final class RecordReader implements Closeable {
  private static final int WINDOW_BYTES = 1 << 18;

  private final Path path;
  private final FileLayer.OpenFile file;
  private final RecordFile place;
  private final long size;

  /// Where the next record is expected.
  private long next;

  /// What was read last, from `windowStart` on.
  private byte[] window = new byte[0];

  private long windowStart;

  private RecordReader(Path path, FileLayer.OpenFile file, RecordFile place, long size) {
    this.path = path;
    this.file = file;
    this.place = place;
    this.size = size;
  }

  /// Opens the file, which must be there.
  static RecordReader open(StorageFolder folder, RecordFile place) throws IOException {
    FileLayer.OpenFile file = folder.open(place.name());
    return new RecordReader(folder.file(place.name()), file, place, file.size());
  }

  /// What is found at some place of a file.
  sealed interface Found {

    /// A record.
    ///
    /// @param end where the next one begins
    record Whole(Bytes body, long end) implements Found {}

    /// The end of the file.
    record End() implements Found {}

    /// No record.
    ///
    /// @param problem what is there, and what was expected
    record Damage(String problem) implements Found {}
  }

  long size() {
    return size;
  }

  /// Where the next record is expected.
  long position() {
    return next;
  }

  /// Reads the next record, which must be there.
  Bytes next() throws IOException, StorageException {
    Found found = poll();
    if (found instanceof Found.Whole(Bytes body, long _)) {
      return body;
    }
    throw damaged(next, problem(found));
  }

  /// What is wrong with what was found, where a record was expected.
  static String problem(Found found) {
    return switch (found) {
      case Found.Whole _ -> "expected another record";
      case Found.End _ -> "expected a record, found the end of the file";
      case Found.Damage(String problem) -> problem;
    };
  }

  /// Reads the next record, if there is one.
  Found poll() throws IOException {
    Found found = at(next);
    if (found instanceof Found.Whole(Bytes _, long end)) {
      next = end;
    }
    return found;
  }

  /// Complains if the file goes on.
  void end() throws StorageException {
    if (next != size) {
      throw damaged(next, "expected the end of the file, found %d bytes".formatted(size - next));
    }
  }

  /// The complaint that `problem` is what begins at `offset`.
  StorageException damaged(long offset, String problem) {
    return StorageException.damaged(path, offset, problem);
  }

  /// The complaint that the record that begins at `offset` means nothing, though it is whole.
  StorageException damaged(long offset, WireFormatException malformed) {
    return damaged(offset, "found a record that means nothing: " + malformed.getMessage());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// What is found at `offset`.
  Found at(long offset) throws IOException {
    long left = size - offset;
    if (left == 0) {
      return new Found.End();
    }
    if (left < RecordFormat.HEAD_BYTES) {
      return new Found.Damage(
          "expected a record, which takes %d bytes or more, found %d"
              .formatted(RecordFormat.HEAD_BYTES + 1, left));
    }
    ByteBuffer head = head(offset);
    int length = head.getInt();
    int bodyChecksum = head.getInt();
    int headChecksum = head.getInt();
    int expected = RecordFormat.headChecksum(place, offset, length, bodyChecksum);
    if (headChecksum != expected) {
      return new Found.Damage(
          "expected a record that begins %08x %08x %08x, found %08x at the end of that"
              .formatted(length, bodyChecksum, expected, headChecksum));
    }
    if (length < 1 || length > left - RecordFormat.HEAD_BYTES) {
      return new Found.Damage(
          "expected a record with %d bytes after its head, found %d"
              .formatted(length, left - RecordFormat.HEAD_BYTES));
    }
    return body(offset + RecordFormat.HEAD_BYTES, length, bodyChecksum);
  }

  /// The first record that begins at `offset` or after it; `size` if there is none.
  long seek(long offset) throws IOException {
    long at = offset;
    while (size - at > RecordFormat.HEAD_BYTES) {
      ByteBuffer head = head(at);
      int length = head.getInt();
      boolean isHead =
          length > 0
              && RecordFormat.headChecksum(place, at, length, head.getInt()) == head.getInt();
      if (isHead && at(at) instanceof Found.Whole) {
        return at;
      }
      at++;
    }
    return size;
  }

  private ByteBuffer head(long offset) throws IOException {
    int start = load(offset, RecordFormat.HEAD_BYTES);
    return ByteBuffer.wrap(window, start, RecordFormat.HEAD_BYTES);
  }

  private Found body(long offset, int length, int expected) throws IOException {
    int start = load(offset, length);
    int found = RecordFormat.checksum(window, start, length);
    if (found != expected) {
      return new Found.Damage(
          "expected a record of %d bytes with checksum %08x, found %08x"
              .formatted(length, expected, found));
    }
    return new Found.Whole(Bytes.copyOf(window, start, start + length), offset + length);
  }

  /// Whether nothing but zeros is at `offset` and after it.
  boolean isZeroFrom(long offset) throws IOException {
    for (long at = offset; at < size; at += WINDOW_BYTES) {
      int length = (int) Math.min(WINDOW_BYTES, size - at);
      int start = load(at, length);
      for (int i = start; i < start + length; i++) {
        if (window[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// Makes the window hold some bytes.
  ///
  /// @return where in it they begin
  private int load(long offset, int length) throws IOException {
    if (offset < windowStart || offset + length > windowStart + window.length) {
      int wanted = (int) Math.min(Math.max(length, WINDOW_BYTES), size - offset);
      if (window.length != wanted) {
        window = new byte[wanted];
      }
      windowStart = offset;
      file.read(offset, window, 0, wanted);
    }
    return (int) (offset - windowStart);
  }
}
