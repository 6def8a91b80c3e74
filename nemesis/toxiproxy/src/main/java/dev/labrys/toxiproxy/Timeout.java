package dev.labrys.toxiproxy;

/// `timeout`: swallows all data, and ends the connection when `timeout` milliseconds have gone by
/// since it began or since the last data; if that is 0, not at all.
///
/// What was swallowed can't be given back: removing this toxic closes the proxy's connections.
final class Timeout implements Stage {
  private final long timeout;
  private long due = NEVER;
  private boolean hasBegun;

  Timeout(Attributes attributes) {
    this.timeout = attributes.value("timeout");
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    if (timeout > 0 && (!hasBegun || !in.isEmpty())) {
      due = Stage.after(nowNanos, timeout);
    }
    hasBegun = true;
    in.discard();
    out.takeEnd(in);
    if (due <= nowNanos) {
      out.end(nowNanos);
    }
    return due;
  }
}
