package dev.labrys.lab;

/// How much happened in soak runs.
///
/// @param virtualNanos on the clock of the simulations
/// @param faults beginnings and ends of faults, and what operators wanted
/// @param starts of servers
/// @param leaders terms in which a leader spoke
/// @param memberships changes of clusters that were committed
/// @param installed snapshots that leaders gave to others
/// @param saved snapshots that were stored
public record SoakCounts(
    long virtualNanos,
    long events,
    long faults,
    long starts,
    long leaders,
    long memberships,
    long installed,
    long saved,
    long ok,
    long failed,
    long unknown) {

  /// Of no run.
  public static final SoakCounts NONE = new SoakCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Of these runs and those.
  public SoakCounts plus(SoakCounts more) {
    return new SoakCounts(
        virtualNanos + more.virtualNanos,
        events + more.events,
        faults + more.faults,
        starts + more.starts,
        leaders + more.leaders,
        memberships + more.memberships,
        installed + more.installed,
        saved + more.saved,
        ok + more.ok,
        failed + more.failed,
        unknown + more.unknown);
  }
}
