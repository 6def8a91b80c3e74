package dev.labrys.toxiproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What waits in front of a stage, or of the receiving socket: chunks in order, and behind them
/// perhaps the end of the stream.
final class Pipe {
  /// What a chunk costs beyond its bytes, so that a million chunks of one byte are not free.
  private static final int OVERHEAD = 128;

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private End end = End.OPEN;
  private long endedAtNanos;
  private long held;
  private long changes;

  private enum End {
    OPEN,
    ORDERLY,
    RESET
  }

  /// Whether nothing more should be put in while `capacity` may be held.
  boolean isFull(long capacity) {
    return held >= capacity;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /// The next chunk, which stays; null if there is none.
  @Nullable Chunk first() {
    return chunks.peekFirst();
  }

  void put(Chunk chunk) {
    if (chunk.size() > 0) {
      chunks.addLast(chunk);
      held += chunk.size() + OVERHEAD;
      changes++;
    }
  }

  /// Takes the first `count` bytes of the first chunk, which must have as many.
  Chunk take(int count) {
    Chunk first = chunks.getFirst();
    changes++;
    if (count == first.size()) {
      chunks.removeFirst();
      held -= count + OVERHEAD;
      return first;
    }
    held -= count;
    return first.takeFirst(count);
  }

  /// Takes the first chunk.
  Chunk take() {
    return take(chunks.getFirst().size());
  }

  /// Says how many bytes of the first chunk were written, of which there were `before`.
  void wrote(int count) {
    Chunk first = chunks.getFirst();
    held -= count;
    if (first.size() == 0) {
      chunks.removeFirst();
      held -= OVERHEAD;
    }
    changes++;
  }

  /// Drops what is held, but not the end.
  void discard() {
    if (!chunks.isEmpty()) {
      chunks.clear();
      held = 0;
      changes++;
    }
  }

  /// Nothing comes after what is held.
  void end(long atNanos) {
    if (end == End.OPEN) {
      end = End.ORDERLY;
      endedAtNanos = atNanos;
      changes++;
    }
  }

  /// The connection is to be reset, whatever is held.
  void reset() {
    end = End.RESET;
    changes++;
  }

  /// Whether no more is put in.
  boolean isEnded() {
    return end != End.OPEN;
  }

  /// Whether only the end is left.
  boolean isAtEnd() {
    return isEnded() && chunks.isEmpty();
  }

  boolean isReset() {
    return end == End.RESET;
  }

  long endedAtNanos() {
    return endedAtNanos;
  }

  /// Grows with everything that happens to it.
  long changes() {
    return changes;
  }

  /// Passes on all there is, the end included, as long as `next` takes it.
  void passTo(Pipe next, long capacity) {
    while (!chunks.isEmpty() && !next.isFull(capacity)) {
      next.put(take());
    }
    if (isAtEnd()) {
      next.end(endedAtNanos);
    }
  }

  /// Passes on all there is at once, the end included, whether there is room or not.
  void emptyInto(Pipe next) {
    passTo(next, Long.MAX_VALUE);
  }
}
