package dev.labrys.cluster;

/// What is not as usual around a node, whether it runs or not.
///
/// @param clock its wall clock
/// @param timers what becomes of its timers
/// @param disk what it finds when it writes
public record Surroundings(WallClock clock, Timers timers, Disk disk) {

  /// Nothing is wrong.
  public static final Surroundings USUAL = new Surroundings(WallClock.RIGHT, Timers.ON_TIME, Disk.SOUND);

  /// What becomes of the timers of a node.
  public enum Timers {
    ON_TIME,
    /// None of them fires.
    STALLED
  }

  /// What a node finds when it writes.
  public enum Disk {
    SOUND,
    /// There is no space left.
    FULL
  }

  /// The same with another clock.
  public Surroundings with(WallClock other) {
    return new Surroundings(other, timers, disk);
  }

  /// The same with other timers.
  public Surroundings with(Timers other) {
    return new Surroundings(clock, other, disk);
  }

  /// The same with another disk.
  public Surroundings with(Disk other) {
    return new Surroundings(clock, timers, other);
  }

  /// Does nothing if all of this is possible.
  ///
  /// @throws UnsupportedOperationException if it takes a capability that is missing, saying why
  public void require(Capabilities capabilities) {
    if (!clock.equals(WallClock.RIGHT)) {
      capabilities.require(Capability.SHIFT_CLOCK);
    }
    if (timers != Timers.ON_TIME) {
      capabilities.require(Capability.STALL_TIMERS);
    }
    if (disk != Disk.SOUND) {
      capabilities.require(Capability.FILL_DISK);
    }
  }
}
