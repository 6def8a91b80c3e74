package dev.labrys.cluster;

/// How far the wall clock of a node is from the right time, now and later.
///
/// @param offsetNanos ahead of the right time, or behind it if negative
/// @param driftMillionths how much faster than it should it goes from now on, in millionths; slower
///   if negative
/// @param strobeNanos how far it jumps and back again, over and over
/// @param periodNanos from one such jump to the next one like it; 0 if it does not jump
public record WallClock(
    long offsetNanos, long driftMillionths, long strobeNanos, long periodNanos) {
  private static final long MILLION = 1_000_000;

  /// A century: what is further away than that is a mistake.
  private static final long MOST_NANOS = 3_155_760_000_000_000_000L;

  /// A real clock is not moved more often.
  private static final long LEAST_PERIOD = 100 * MILLION;

  /// It tells the right time.
  public static final WallClock RIGHT = new WallClock(0, 0, 0, 0);

  public WallClock {
    if (isTooFar(offsetNanos) || isTooFar(strobeNanos)) {
      throw new IllegalArgumentException("a clock is off by a century at most");
    }
    if (driftMillionths <= -MILLION || driftMillionths >= MILLION) {
      throw new IllegalArgumentException(
          "a clock drifts by less than its own rate, not by %d millionths"
              .formatted(driftMillionths));
    }
    boolean isStrobing = strobeNanos != 0 || periodNanos != 0;
    if (isStrobing && (strobeNanos == 0 || periodNanos < LEAST_PERIOD)) {
      throw new IllegalArgumentException(
          "a clock jumps to and fro by some time, every 100 ms at most, not by %d ns every %d ns"
              .formatted(strobeNanos, periodNanos));
    }
  }

  private static boolean isTooFar(long nanos) {
    return nanos < -MOST_NANOS || nanos > MOST_NANOS;
  }

  /// One that is wrong from now on, for good.
  public static WallClock ahead(long nanos) {
    return new WallClock(nanos, 0, 0, 0);
  }

  /// One that goes faster, or slower.
  public static WallClock drifting(long millionths) {
    return new WallClock(0, millionths, 0, 0);
  }

  /// One that is right for half of each period, and ahead for the other half.
  public static WallClock strobing(long nanos, long periodNanos) {
    return new WallClock(0, 0, nanos, periodNanos);
  }

  /// What both together do to a clock: all adds up, and the shorter period counts. What adds up to
  /// more than a clock can be off by stays at that.
  public WallClock and(WallClock other) {
    long strobe = sum(strobeNanos, other.strobeNanos, MOST_NANOS);
    long period =
        periodNanos == 0 || other.periodNanos == 0
            ? Math.max(periodNanos, other.periodNanos)
            : Math.min(periodNanos, other.periodNanos);
    return new WallClock(
        sum(offsetNanos, other.offsetNanos, MOST_NANOS),
        sum(driftMillionths, other.driftMillionths, MILLION - 1),
        strobe,
        strobe == 0 ? 0 : period);
  }

  private static long sum(long one, long other, long most) {
    return Math.clamp(one + other, -most, most);
  }

  /// Whether it stays as far from the right time as it is.
  public boolean isSteady() {
    return driftMillionths == 0 && strobeNanos == 0;
  }

  /// How far it is ahead when it has been like this for so long.
  public long aheadNanos(long sinceNanos) {
    boolean hasJumped = periodNanos > 0 && sinceNanos % periodNanos >= periodNanos / 2;
    // In two steps, as a drift of days does not fit into one.
    long drift =
        sinceNanos / MILLION * driftMillionths + sinceNanos % MILLION * driftMillionths / MILLION;
    return offsetNanos + drift + (hasJumped ? strobeNanos : 0);
  }
}
