package dev.labrys.cluster;

/// What is not as usual around a node, whether it runs or not.
///
/// @param clockOffsetNanos how far its wall clock is ahead of the right time, or behind it if
///     negative
/// @param disk what it finds when it writes
public record Surroundings(long clockOffsetNanos, Disk disk) {

  /// Nothing is wrong.
  public static final Surroundings USUAL = new Surroundings(0, Disk.SOUND);

  /// What a node finds when it writes.
  public enum Disk {
    SOUND,
    /// There is no space left.
    FULL
  }
}
