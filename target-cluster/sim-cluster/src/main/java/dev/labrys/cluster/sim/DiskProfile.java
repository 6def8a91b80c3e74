package dev.labrys.cluster.sim;

/// What a disk is like.
///
/// @param latency of a write that is to survive the loss of power
/// @param flushNanos how long the operating system keeps what nobody waits for
public record DiskProfile(Delay latency, long flushNanos) {
  private static final long MICRO = 1_000L;

  /// A solid-state disk that keeps its promises.
  public static final DiskProfile SOLID =
      new DiskProfile(new Delay.Uniform(50 * MICRO, 500 * MICRO), 5_000_000 * MICRO);
}
