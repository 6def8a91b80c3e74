package dev.labrys.toxiproxy;

/// `delay`: every byte, and the end of the stream too, comes `delay` milliseconds late, in order
/// and at the same distance from its neighbours: a long way, as opposed to a slow or a jittery one.
///
/// Up to `buffer` bytes are under way at a time, 64 MiB if that is 0; then the sender has to wait.
final class Delay implements Stage {
  private static final long USUAL_CAPACITY = 1L << 26;
  private static final long MOST_CAPACITY = 1L << 30;

  private final long delay;
  private final long capacity;

  Delay(Attributes attributes) {
    this.delay = attributes.value("delay");
    long buffer = attributes.value("buffer");
    this.capacity = buffer <= 0 ? USUAL_CAPACITY : Math.min(buffer, MOST_CAPACITY);
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    for (Chunk first = in.first(); first != null; first = in.first()) {
      long due = Stage.after(first.atNanos(), delay);
      if (due > nowNanos) {
        return due;
      }
      if (out.isFull()) {
        return NEVER;
      }
      out.put(in.take().at(due));
    }
    if (!in.isEnded()) {
      return NEVER;
    }
    long due = Stage.after(in.endedAtNanos(), delay);
    if (due > nowNanos) {
      return due;
    }
    out.end(due);
    return NEVER;
  }

  @Override
  public long capacity() {
    return capacity;
  }
}
