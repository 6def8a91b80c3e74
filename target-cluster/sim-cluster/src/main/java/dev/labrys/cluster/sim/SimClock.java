package dev.labrys.cluster.sim;

/// A server's own clock, which may be off, run faster or slower, and jump ahead, but never goes
/// back.
public final class SimClock {

  SimClock() {}

  /// What it shows now.
  public long nowNanos() {
    throw new UnsupportedOperationException();
  }

  /// From now on it gains `gainPpm` microseconds each second, or loses them if negative.
  public void drift(int gainPpm) {
    throw new UnsupportedOperationException();
  }

  /// It shows `nanos` more at once.
  public void jump(long nanos) {
    throw new UnsupportedOperationException();
  }
}
