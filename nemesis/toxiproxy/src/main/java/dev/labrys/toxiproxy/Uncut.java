package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;

/// Bytes in a row that are not yet cut into messages. Grows with what is there.
final class Uncut {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer held = NOTHING;

  int length() {
    return held.remaining();
  }

  void add(ByteBuffer more) {
    int length = held.remaining() + more.remaining();
    if (held.limit() + more.remaining() <= held.capacity()) {
      int start = held.position();
      int end = held.limit();
      held.limit(end + more.remaining()).position(end);
      held.put(more).position(start);
      return;
    }
    int capacity = held.hasRemaining() ? 2 * length : length;
    held = ByteBuffer.allocate(capacity).put(held).put(more).flip();
  }

  /// All of it, to look at.
  ByteBuffer bytes() {
    return held.slice();
  }

  /// Takes the first `count` bytes away.
  Chunk take(int count, long atNanos) {
    Chunk taken = Chunk.copyOf(held.slice(held.position(), count), atNanos);
    held.position(held.position() + count);
    if (!held.hasRemaining()) {
      held = NOTHING;
    }
    return taken;
  }
}
