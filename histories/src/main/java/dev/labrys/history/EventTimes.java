package dev.labrys.history;

/// Gives a time to events that were written without: their position in the journal, or, after an
/// event that had one, that event's time.
final class EventTimes {
  private long position;
  private long last;
  private boolean isTimed;

  /// The time of the next event, which was written with `time`.
  long timed(long time) {
    position++;
    isTimed = true;
    last = time;
    return time;
  }

  /// The time of the next event, which was written without one.
  long untimed() {
    if (!isTimed) {
      last = position++;
    }
    return last;
  }

  /// The time of the last event.
  long last() {
    return last;
  }
}
