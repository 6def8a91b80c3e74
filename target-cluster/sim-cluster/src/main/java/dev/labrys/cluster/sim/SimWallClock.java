package dev.labrys.cluster.sim;

import dev.labrys.cluster.WallClock;

/// What a server takes for the time of day, which may be wrong in any way, and go back.
///
/// Nothing in a Raft depends on it; who asks the server is told. Simulations begin with the year
/// 2000.
final class SimWallClock {
  private static final long BEGINNING_MILLIS = 946_684_800_000L;
  private static final long MILLI = 1_000_000L;

  private final Agenda agenda;
  private WallClock wrongness = WallClock.RIGHT;
  private long since;

  SimWallClock(Agenda agenda) {
    this.agenda = agenda;
  }

  /// Lets it be wrong as said from now on. Told the same again, it goes on.
  void set(WallClock wished) {
    if (!wished.equals(wrongness)) {
      wrongness = wished;
      since = agenda.now();
    }
  }

  /// What it shows, in milliseconds since 1970.
  long millis() {
    long now = agenda.now();
    return BEGINNING_MILLIS + Math.floorDiv(now + wrongness.aheadNanos(now - since), MILLI);
  }
}
