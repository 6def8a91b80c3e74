package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Cuts a stream of bytes into frames.
///
/// A frame is the length of its payload, the CRC-32C of the payload – four bytes each, the highest
/// first – and the payload. No memory is reserved for a length that somebody only claims: it grows
/// with what has arrived.
final class FrameReader {

  /// Bytes of a frame ahead of its payload.
  static final int HEADER = 8;

  private static final byte[] NOTHING = {};
  private static final int LEAST = 256;

  private final CRC32C crc = new CRC32C();
  private int mostPayload;
  private byte[] held = NOTHING;
  private int from;
  private int to;

  /// @param mostPayload bytes of the largest payload that is accepted
  FrameReader(int mostPayload) {
    this.mostPayload = mostPayload;
  }

  /// From now on, accepts payloads of up to that many bytes.
  void accept(int newMost) {
    mostPayload = newMost;
  }

  /// Takes all that `bytes` has left.
  void feed(ByteBuffer bytes) {
    int more = bytes.remaining();
    if (to + more > held.length) {
      makeRoom(more);
    }
    bytes.get(held, to, more);
    to += more;
  }

  private void makeRoom(int more) {
    int kept = to - from;
    byte[] target =
        kept + more <= held.length
            ? held
            : new byte[Math.max(LEAST, Math.max(kept + more, 2 * kept))];
    System.arraycopy(held, from, target, 0, kept);
    held = target;
    from = 0;
    to = kept;
  }

  /// The payload of the next frame, if it is here as a whole.
  ///
  /// @throws FrameException if it is too long, empty, or not what its checksum says
  Optional<Bytes> next() throws FrameException {
    if (to - from < HEADER) {
      return Optional.empty();
    }
    int length = number(from);
    if (length < 1 || length > mostPayload) {
      throw new FrameException(
          "a frame of %s bytes, where 1 to %d are accepted"
              .formatted(Integer.toUnsignedString(length), mostPayload));
    }
    if (to - from - HEADER < length) {
      return Optional.empty();
    }
    int start = from + HEADER;
    crc.reset();
    crc.update(held, start, length);
    if ((int) crc.getValue() != number(from + 4)) {
      throw new FrameException("a frame of %d bytes whose checksum is wrong".formatted(length));
    }
    from = start + length;
    return Optional.of(Bytes.copyOf(held, start, from));
  }

  private int number(int position) {
    return ByteBuffer.wrap(held, position, Integer.BYTES).getInt();
  }

  /// How many bytes wait for the rest of their frame.
  int waiting() {
    return to - from;
  }

  /// Gives back memory if nothing waits.
  void trim() {
    if (from == to) {
      held = NOTHING;
      from = 0;
      to = 0;
    } else if (from > 0) {
      held = Arrays.copyOfRange(held, from, to);
      to -= from;
      from = 0;
    }
  }
}
