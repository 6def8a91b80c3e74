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
    this.calmNanos = plannedNanos - experiment.calmNanos();
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

  /// When it is time, as far as it is known by now.
  synchronized long latestNanos() {
    long served = lastChange == NOT_YET ? lastSuccess : lastChange;
    return served >= calmFrom
        ? earliestNanos()
        : Math.max(earliestNanos(), calmFrom + patienceNanos);
  }
}
