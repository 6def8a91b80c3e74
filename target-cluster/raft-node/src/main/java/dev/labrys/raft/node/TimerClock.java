package dev.labrys.raft.node;

/// The clock by which the server's timers go: that of the machine, which only counts, or for
/// testers one that goes faster or slower. It never goes back.
final class TimerClock {
  private static final long MILLION = 1_000_000;

  private long base;
  private long shownAtBase;
  private long driftMillionths;

  /// Goes like the machine's, whose time is `now`.
  TimerClock(long now) {
    base = now;
    shownAtBase = now;
  }

  /// From `now` on it goes faster by so many millionths, or slower if negative.
  void drift(long now, long millionths) {
    shownAtBase = at(now);
    base = now;
    driftMillionths = millionths;
  }

  /// What it shows when the machine's clock shows `now`.
  long at(long now) {
    long passed = now - base;
    return shownAtBase
        + passed
        + passed / MILLION * driftMillionths
        + passed % MILLION * driftMillionths / MILLION;
  }

  /// What the machine's clock shows, to some nanoseconds, when this one shows `shown`.
  long machineTimeOf(long shown) {
    if (driftMillionths == 0 || shown == Long.MAX_VALUE) {
      return shown == Long.MAX_VALUE ? shown : base + (shown - shownAtBase);
    }
    long pace = MILLION + driftMillionths;
    long ahead = shown - shownAtBase;
    return base + ahead / pace * MILLION + ahead % pace * MILLION / pace;
  }
}
