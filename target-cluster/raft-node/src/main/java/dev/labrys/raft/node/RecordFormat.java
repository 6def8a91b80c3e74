package dev.labrys.raft.node;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// How a record is laid out: a head of three numbers of 32 bits – the length of its body, the
/// body's checksum, and a checksum of these two –, then the body.
///
/// The head's checksum covers the place of the record as well: which file, and where in it. So
/// bytes that are a record somewhere else are none here, be they left over from another file or
/// part of a client's data; and a head is recognised among other bytes without looking at what
/// follows. A length of 0 does not exist, so zeros are no record.
final class RecordFormat {
  static final int HEAD_BYTES = 12;

  /// More than any entry should have, and few enough to be read at once.
  static final int MOST_BODY_BYTES = 64 << 20;

  private RecordFormat() {}

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  static int headChecksum(RecordFile file, long offset, int length, int bodyChecksum) {
    ByteBuffer covered =
        ByteBuffer.allocate(24)
            .putLong(file.number())
            .putLong(offset)
            .putInt(length)
            .putInt(bodyChecksum);
    return checksum(covered.array(), 0, covered.capacity());
  }
}
