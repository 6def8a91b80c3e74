package dev.labrys.toxiproxy;

/// `slow_close`: data passes; the end of the stream comes `delay` milliseconds late.
final class SlowClose implements Stage {
  private final long delay;
  private long due = NEVER;
  private boolean isWaiting;

  SlowClose(Attributes attributes) {
    this.delay = attributes.value("delay");
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    while (!in.isEmpty() && !out.isFull()) {
      out.put(in.take());
    }
    if (!in.isAtEnd()) {
      return NEVER;
    }
    if (!isWaiting) {
      isWaiting = true;
      due = Stage.after(nowNanos, delay);
    }
    if (due > nowNanos) {
      return due;
    }
    out.takeEnd(in);
    return NEVER;
  }
}
