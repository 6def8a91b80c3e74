package dev.labrys.report;

import dev.labrys.history.Operation;

/// The time axis of a run's page: from 0 to the end of all that is shown.
///
/// @param endNanos at least 1
record RunClock(long endNanos) {
  /// So that a far-off time in somebody's log doesn't make the run a dot.
  private static final int MOST_STRETCH = 2;

  static RunClock of(RunReport report) {
    long end = Math.max(1, report.run().durationNanos());
    for (Operation operation : report.history().operations()) {
      end = Math.max(end, operation.callTime());
      if (operation.returnTime() != Operation.NEVER_TIME) {
        end = Math.max(end, operation.returnTime());
      }
    }
    long bound = end * MOST_STRETCH;
    for (RunReport.Fault fault : report.faults()) {
      end = later(end, fault.beginsNanos(), bound);
      end = later(end, fault.healedNanos(), bound);
    }
    for (RunReport.Node node : report.nodes()) {
      for (RunReport.Stretch stretch : node.stretches()) {
        end = later(end, stretch.interval().toNanos(), bound);
      }
    }
    return new RunClock(end);
  }

  private static long later(long end, long time, long bound) {
    return time > bound ? end : Math.max(end, time);
  }

  /// A time as a place on the axis.
  long within(long nanos) {
    return Math.clamp(nanos, 0L, endNanos);
  }

  /// In which of `slices` equal parts of the run a time is.
  int slice(long nanos, int slices) {
    double part = (double) within(nanos) / endNanos;
    return Math.min(slices - 1, (int) (part * slices));
  }

  /// How long the client waited; to the end of the run if it never heard.
  long took(Operation operation) {
    long until =
        operation.returnTime() == Operation.NEVER_TIME
            ? Math.max(endNanos, operation.callTime())
            : operation.returnTime();
    return until - operation.callTime();
  }
}
