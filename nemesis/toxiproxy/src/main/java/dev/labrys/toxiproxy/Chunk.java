package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;

/// Bytes that were read at once, and when: what toxics work on.
final class Chunk {
  private final ByteBuffer bytes;
  private final long atNanos;

  private Chunk(ByteBuffer bytes, long atNanos) {
    this.bytes = bytes;
    this.atNanos = atNanos;
  }

  /// A chunk with memory of its own, of all that `source` has left.
  static Chunk copyOf(ByteBuffer source, long atNanos) {
    return new Chunk(ByteBuffer.allocate(source.remaining()).put(source).flip(), atNanos);
  }

  int size() {
    return bytes.remaining();
  }

  /// When it was read, or when it left the last stage that delayed it.
  long atNanos() {
    return atNanos;
  }

  /// What is left of it; who reads from this takes it away.
  ByteBuffer bytes() {
    return bytes;
  }

  /// Takes the first `count` bytes away, as a chunk of their own.
  Chunk takeFirst(int count) {
    ByteBuffer first = bytes.slice(bytes.position(), count);
    bytes.position(bytes.position() + count);
    return new Chunk(first, atNanos);
  }

  /// The same bytes at another time.
  Chunk at(long newNanos) {
    return new Chunk(bytes, newNanos);
  }
}
