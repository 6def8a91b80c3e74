package dev.labrys.toxiproxy;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `latency`: each chunk leaves `latency` milliseconds after it was read, give or take `jitter`.
///
/// Delays run side by side, so throughput is not limited below what may wait; and chunks never
/// overtake each other. The end of the stream has no delay of its own.
final class Latency implements Stage {
  /// As much as 1024 reads of the largest size.
  private static final long CAPACITY = 1L << 25;

  private static final long MILLI = 1_000_000;

  /// Thirty years, in milliseconds: so far nothing overflows.
  private static final long LONGEST = 1L << 40;

  private final long latency;
  private final long jitter;
  private final RandomGenerator random;

  /// The first chunk, once it is known when it leaves.
  private @Nullable Chunk held;

  private long due;

  Latency(Attributes attributes, RandomGenerator random) {
    this.latency = attributes.value("latency");
    this.jitter = attributes.value("jitter");
    this.random = random;
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    for (Chunk first = in.first(); first != null; first = in.first()) {
      if (first != held) {
        held = first;
        due = leaving(first);
      }
      if (due > nowNanos) {
        return due;
      }
      if (out.isFull()) {
        return NEVER;
      }
      out.put(in.take().at(due));
    }
    out.takeEnd(in);
    return NEVER;
  }

  private long leaving(Chunk chunk) {
    long base = Math.clamp(latency, -LONGEST, LONGEST) * MILLI;
    long span = Math.clamp(jitter, 0, LONGEST) * MILLI;
    long shift = span == 0 ? 0 : random.nextLong(-span, span);
    return chunk.atNanos() + Math.max(0, base + shift);
  }

  @Override
  public void letGo(Pipe in, Outlet out) {
    if (in.first() != null) {
      out.put(in.take());
    }
  }

  @Override
  public long capacity() {
    return CAPACITY;
  }
}
