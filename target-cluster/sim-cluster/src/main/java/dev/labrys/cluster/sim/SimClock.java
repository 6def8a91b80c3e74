package dev.labrys.cluster.sim;

/// A server's own clock, which may be off, run faster or slower, and jump ahead, but never goes
/// back: what a monotonic clock does, at worst.
public final class SimClock {
  private static final long MILLION = 1_000_000L;
  private static final int MOST_PPM = 500_000;
  private static final long FOREVER = Long.MAX_VALUE / 4;

  private final Agenda agenda;
  private final Runnable onChange;
  private long baseTrue;
  private long baseShown;
  private long gainPpm;

  /// @param shown what it shows at first
  /// @param onChange told when it has been tampered with
  SimClock(Agenda agenda, long shown, Runnable onChange) {
    this.agenda = agenda;
    this.baseTrue = agenda.now();
    this.baseShown = shown;
    this.onChange = onChange;
  }

  /// What it shows now.
  public long nowNanos() {
    return shownAt(agenda.now());
  }

  /// From now on it gains `gainPpm` microseconds each second, or loses them if negative.
  public void drift(int gainPpm) {
    if (Math.abs(gainPpm) > MOST_PPM) {
      throw new IllegalArgumentException(
          "a clock gains or loses at most %d ppm, not %d".formatted(MOST_PPM, gainPpm));
    }
    if (gainPpm == this.gainPpm) {
      return;
    }
    rebase();
    this.gainPpm = gainPpm;
    onChange.run();
  }

  /// It shows `nanos` more at once.
  public void jump(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("a clock that never goes back can't jump by " + nanos);
    }
    rebase();
    baseShown += nanos;
    onChange.run();
  }

  private void rebase() {
    baseShown = nowNanos();
    baseTrue = agenda.now();
  }

  private long shownAt(long time) {
    long passed = time - baseTrue;
    return gainPpm == 0 ? baseShown + passed : baseShown + passed + gained(passed);
  }

  /// In two parts, so that nothing overflows within a simulated century.
  private long gained(long passed) {
    return passed / MILLION * gainPpm + Math.floorDiv(passed % MILLION * gainPpm, MILLION);
  }

  /// The first true time, now or later, at which it shows `shown` or more.
  long timeOf(long shown) {
    long ahead = shown - baseShown;
    if (ahead > FOREVER) {
      return FOREVER;
    }
    if (gainPpm == 0) {
      return Math.max(agenda.now(), baseTrue + ahead);
    }
    long pace = MILLION + gainPpm;
    long passed = ahead / pace * MILLION + ahead % pace * MILLION / pace;
    long time = Math.max(agenda.now(), baseTrue + passed - 1);
    while (shownAt(time) < shown) {
      time++;
    }
    return time;
  }
}
