package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Frames that wait to be written, as [FrameReader] reads them: many small ones go out in one
/// write.
final class FrameWriter {
  private static final byte[] NOTHING = {};
  private static final int LEAST = 256;
  private static final int KEPT = 1 << 18;

  private final CRC32C crc = new CRC32C();
  private byte[] held = NOTHING;
  private int from;
  private int to;

  /// Adds a frame whose payload is the octet `kind` and `body`.
  void add(int kind, Bytes body) {
    int payload = 1 + body.length();
    reserve(FrameReader.HEADER + payload);
    int start = to + FrameReader.HEADER;
    held[start] = (byte) kind;
    body.copyTo(held, start + 1);
    crc.reset();
    crc.update(held, start, payload);
    ByteBuffer.wrap(held, to, FrameReader.HEADER).putInt(payload).putInt((int) crc.getValue());
    to = start + payload;
  }

  private void reserve(int more) {
    if (to + more <= held.length) {
      return;
    }
    int waiting = waiting();
    byte[] target =
        waiting + more <= held.length / 2
            ? held
            : new byte[Math.max(LEAST, 2 * Math.addExact(waiting, more))];
    System.arraycopy(held, from, target, 0, waiting);
    held = target;
    from = 0;
    to = waiting;
  }

  /// How many bytes wait.
  int waiting() {
    return to - from;
  }

  /// Writes as much as `channel` takes now.
  ///
  /// @param scratch memory of the operating system's, to go through
  void writeTo(WritableByteChannel channel, ByteBuffer scratch) throws IOException {
    while (from < to) {
      scratch.clear();
      scratch.put(held, from, Math.min(scratch.capacity(), to - from));
      scratch.flip();
      int written = channel.write(scratch);
      from += written;
      if (scratch.hasRemaining()) {
        return;
      }
    }
    from = 0;
    to = 0;
    if (held.length > KEPT) {
      held = NOTHING;
    }
  }

  /// All that waits, as one array; nothing waits any more.
  byte[] take() {
    byte[] taken = Arrays.copyOfRange(held, from, to);
    from = 0;
    to = 0;
    return taken;
  }

  /// Gives back memory if nothing waits.
  void trim() {
    if (from == to) {
      held = NOTHING;
      from = 0;
      to = 0;
    }
  }
}
