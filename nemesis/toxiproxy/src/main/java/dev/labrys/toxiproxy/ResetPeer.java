package dev.labrys.toxiproxy;

/// `reset_peer`: swallows the data, and resets the connection `timeout` milliseconds after the
/// first of it, or after the end of the stream.
final class ResetPeer implements Stage {
  private final long timeout;
  private long due = NEVER;
  private boolean hasCome;

  ResetPeer(Attributes attributes) {
    this.timeout = attributes.value("timeout");
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    hasCome |= !in.isEmpty() || in.isEnded();
    if (hasCome && due == NEVER) {
      due = Stage.after(nowNanos, timeout);
    }
    in.discard();
    if (due <= nowNanos) {
      out.reset();
    }
    return due;
  }

  @Override
  public void follow(Stage predecessor) {
    if (predecessor instanceof ResetPeer before) {
      hasCome = before.hasCome;
    }
  }

  @Override
  public boolean isTorn() {
    return hasCome;
  }
}
