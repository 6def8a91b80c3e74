package dev.labrys.toxiproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `slicer`: cuts a chunk longer than `average_size` + `size_variation` bytes in halves until no
/// piece is longer, each cut moved by up to `size_variation`; and after each piece rests for
/// `delay` microseconds.
final class Slicer implements Stage {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MOST = 1 << 29;

  private final int variation;
  private final int longest;
  private final long delayNanos;
  private final RandomGenerator random;

  /// The chunk that is being cut, and the lengths of the parts of it that are still there.
  private @Nullable Chunk cut;

  private final Deque<Integer> parts = new ArrayDeque<>();
  private long restsUntil;

  Slicer(Attributes attributes, RandomGenerator random) {
    this.variation = (int) Math.clamp(attributes.value("size_variation"), 0, MOST);
    this.longest = (int) Math.clamp(attributes.value("average_size"), 1, MOST) + variation;
    this.delayNanos =
        Math.clamp(attributes.value("delay"), 0, NEVER / NANOS_PER_MICRO / 2) * NANOS_PER_MICRO;
    this.random = random;
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    for (Chunk first = in.first(); first != null; first = in.first()) {
      if (restsUntil > nowNanos) {
        return restsUntil;
      }
      if (out.isFull()) {
        return NEVER;
      }
      out.put(in.take(next(first)));
      restsUntil = nowNanos + delayNanos;
    }
    if (in.isEnded() && restsUntil > nowNanos) {
      return restsUntil;
    }
    out.takeEnd(in);
    return NEVER;
  }

  /// The length of the next piece.
  private int next(Chunk first) {
    if (first != cut) {
      cut = first;
      parts.clear();
      parts.push(first.size());
    }
    int part = parts.pop();
    while (part > longest) {
      int shift = variation == 0 ? 0 : random.nextInt(-variation, variation + 1);
      int half = Math.clamp((long) part / 2 + shift, 1, part - 1);
      parts.push(part - half);
      part = half;
    }
    return part;
  }

  @Override
  public void letGo(Pipe in, Outlet out) {
    if (cut != null && in.first() == cut) {
      out.put(in.take());
    }
  }
}
