package dev.labrys.cluster.sim;

import org.jspecify.annotations.Nullable;

/// The one timer of a server.
///
/// It is set again with every heartbeat, mostly to a later time. So an event that is planned stays,
/// and when it comes too early the next one is planned: setting a timer costs nothing as a rule.
final class SimTimer implements Actor {
  private static final long NEVER = Long.MAX_VALUE;

  /// What is due later than this, after thirty years, is not planned: the event would keep a server
  /// that ended long ago.
  private static final long HORIZON = Long.MAX_VALUE / 8;

  private final Agenda agenda;
  private final SimClock clock;
  private final Runnable onDue;
  private long shown = NEVER;
  private long plannedFor = NEVER;
  private long stalledUntil;

  /// @param onDue told once it is time
  SimTimer(Agenda agenda, SimClock clock, Runnable onDue) {
    this.agenda = agenda;
    this.clock = clock;
    this.onDue = onDue;
  }

  /// Is due when the clock shows `shown`.
  void set(long shown) {
    this.shown = shown;
    plan();
  }

  /// Is not due any more.
  void clear() {
    shown = NEVER;
  }

  /// Is not due before `time`.
  void stall(long time) {
    stalledUntil = time;
    plan();
  }

  /// Looks again when it is due: the clock has changed.
  void plan() {
    if (shown == NEVER) {
      return;
    }
    long due = Math.max(clock.timeOf(shown), stalledUntil);
    if (due < plannedFor && due < HORIZON) {
      plannedFor = due;
      agenda.plan(due, this, due, null);
    }
  }

  @Override
  public void act(long due, @Nullable Object nothing) {
    if (due != plannedFor) {
      return;
    }
    plannedFor = NEVER;
    if (shown == NEVER) {
      return;
    }
    if (isDue()) {
      onDue.run();
    } else {
      plan();
    }
  }

  /// Whether it is time.
  boolean isDue() {
    return shown != NEVER && clock.nowNanos() >= shown && agenda.now() >= stalledUntil;
  }
}
