package dev.labrys.host;

/// A time in which a thread that wanted to run did not.
///
/// @param startNanos when it began, on the clock of [System#nanoTime]
/// @param nanos how long it was
public record HostStall(long startNanos, long nanos, StallCause cause) {

  /// Whether any of it was between the two.
  public boolean touches(long fromNanos, long toNanos) {
    return startNanos - toNanos < 0 && fromNanos - (startNanos + nanos) < 0;
  }
}
