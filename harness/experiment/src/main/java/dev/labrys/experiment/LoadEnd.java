package dev.labrys.experiment;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;

/// When clients have been at work for long enough: the calm was as long as planned, and whoever is
/// not served in it has waited for as long as a recovery may take.
///
/// Healing takes its time on a busy machine, and so does starting again. A load that ends
/// regardless leaves nobody who could see whether the cluster recovers. Any thread may report.
final class LoadEnd {
  private static final long NOT_YET = -1;

  private final long plannedNanos;
  private final long calmNanos;
  private final long patienceNanos;
  private long calmFrom = NOT_YET;
  private long lastChange = NOT_YET;
  private long lastSuccess = NOT_YET;

  LoadEnd(Experiment experiment) {
    long recovery = experiment.trouble().recovery().toNanos();
    this.plannedNanos = experiment.load().time().toNanos();
    this.calmNanos = FaultPlan.calmNanos(experiment);
    this.patienceNanos = recovery + recovery / 5;
  }

  /// All is healed.
  synchronized void calmBegins(long nanos) {
    calmFrom = nanos;
  }

  synchronized void completed(Action action, long nanos, Reply reply) {
    if (reply.outcome() instanceof Outcome.Ok) {
      lastSuccess = Math.max(lastSuccess, nanos);
      if (Service.isChange(action.function())) {
        lastChange = Math.max(lastChange, nanos);
      }
    }
  }

  /// When it is time, if clients are served.
  synchronized long earliestNanos() {
    return Math.max(plannedNanos, calmFrom + calmNanos);
  }

  /// When it is time, as far as it is known by now. An outage that has begun is watched to its end,
  /// as one that comes after the first success may be for good.
  synchronized long latestNanos() {
    long served = Math.max(calmFrom, lastChange == NOT_YET ? lastSuccess : lastChange);
    long earliest = earliestNanos();
    return served > calmFrom && earliest - served < Service.OUTAGE_NANOS
        ? earliest
        : Math.max(earliest, served + patienceNanos);
  }
}
