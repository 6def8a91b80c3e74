package dev.labrys.cluster;

import java.util.Optional;

/// What is not as usual around a node, whether it runs or not.
///
/// @param clock its wall clock
/// @param timers what becomes of its timers
/// @param disk what it finds when it writes
/// @param syncDelayNanos how much longer each sync of its disk takes
/// @param files what becomes of its files, if it is down
/// @param limits how much of the machine it may use
public record Surroundings(
    WallClock clock,
    Timers timers,
    Disk disk,
    long syncDelayNanos,
    NodeFiles files,
    NodeLimits limits) {

  /// Nothing is wrong.
  public static final Surroundings USUAL =
      new Surroundings(
          WallClock.RIGHT, Timers.ON_TIME, Disk.SOUND, 0, NodeFiles.Whole.INTACT, NodeLimits.NONE);

  /// What becomes of the timers of a node.
  ///
  /// @param areStalled whether none of them fires
  /// @param driftMillionths how much faster the clock goes that they go by; slower if negative.
  ///   That clock only counts: it is not the wall clock
  public record Timers(boolean areStalled, long driftMillionths) {
    private static final long MOST_DRIFT = 500_000;

    /// They fire when they should.
    public static final Timers ON_TIME = new Timers(false, 0);

    /// None of them fires.
    public static final Timers STALLED = new Timers(true, 0);

    public Timers {
      if (driftMillionths < -MOST_DRIFT || driftMillionths > MOST_DRIFT) {
        throw new IllegalArgumentException(
            "timers drift by half of their rate at most, not by %d millionths"
                .formatted(driftMillionths));
      }
    }

    /// They fire early, or late if negative.
    public static Timers drifting(long millionths) {
      return new Timers(false, millionths);
    }

    /// What both together do to timers: drifts add up, as far as timers can drift.
    public Timers and(Timers other) {
      return new Timers(
          areStalled || other.areStalled,
          Math.clamp(driftMillionths + other.driftMillionths, -MOST_DRIFT, MOST_DRIFT));
    }
  }

  /// What a node finds when it writes. Of two that a disk should be, the later one here counts.
  public enum Disk {
    SOUND,
    /// A sync does not come back, and writes may not either.
    STALLED,
    /// There is no space left.
    FULL,
    /// Nothing can be written.
    READ_ONLY,
    /// A sync fails, and nobody knows what of the writes before it will last.
    FAILING;

    private Optional<Capability> need() {
      return switch (this) {
        case SOUND -> Optional.empty();
        case STALLED -> Optional.of(Capability.STALL_DISK);
        case FULL -> Optional.of(Capability.FILL_DISK);
        case READ_ONLY -> Optional.of(Capability.PROTECT_DISK);
        case FAILING -> Optional.of(Capability.FAIL_SYNCS);
      };
    }
  }

  /// The same with another clock.
  public Surroundings with(WallClock other) {
    return new Surroundings(other, timers, disk, syncDelayNanos, files, limits);
  }

  /// The same with other timers.
  public Surroundings with(Timers other) {
    return new Surroundings(clock, other, disk, syncDelayNanos, files, limits);
  }

  /// The same with another disk.
  public Surroundings with(Disk other) {
    return new Surroundings(clock, timers, other, syncDelayNanos, files, limits);
  }

  /// The same with syncs that take so much longer than they would.
  public Surroundings withSyncDelay(long nanos) {
    return new Surroundings(clock, timers, disk, nanos, files, limits);
  }

  /// The same with other files.
  public Surroundings with(NodeFiles others) {
    return new Surroundings(clock, timers, disk, syncDelayNanos, others, limits);
  }

  /// The same with other limits.
  public Surroundings with(NodeLimits others) {
    return new Surroundings(clock, timers, disk, syncDelayNanos, files, others);
  }

  /// Does nothing if all of this is possible.
  ///
  /// @throws UnsupportedOperationException if it takes a capability that is missing, saying why
  public void require(Capabilities capabilities) {
    if (!clock.equals(WallClock.RIGHT)) {
      capabilities.require(Capability.SHIFT_CLOCK);
    }
    if (timers.areStalled()) {
      capabilities.require(Capability.STALL_TIMERS);
    }
    if (timers.driftMillionths() != 0) {
      capabilities.require(Capability.DRIFT_TIMERS);
    }
    disk.need().ifPresent(capabilities::require);
    files.need().ifPresent(capabilities::require);
    limits.needs().forEach(capabilities::require);
    if (syncDelayNanos != 0) {
      capabilities.require(Capability.DELAY_SYNCS);
    }
  }
}
