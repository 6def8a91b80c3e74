package dev.labrys.lab;

/// What became of several runs of one test: the same whatever their order.
///
/// @param virtualNanos all of them together, on the clock of the simulation
/// @param mostVirtualNanos the longest of them
/// @param calls requests that servers sent each other in all of them
/// @param bytes of these, and of the answers
public record Score(
    LabTest test,
    int passed,
    int failed,
    long virtualNanos,
    long mostVirtualNanos,
    long calls,
    long bytes) {

  /// Before the first run of `test`.
  public static Score none(LabTest test) {
    return new Score(test, 0, 0, 0, 0, 0, 0);
  }

  Score plus(LabResult result) {
    LabResult.Cost cost = result.cost();
    return new Score(
        test,
        passed + (result.isPassed() ? 1 : 0),
        failed + (result.isPassed() ? 0 : 1),
        virtualNanos + cost.virtualNanos(),
        Math.max(mostVirtualNanos, cost.virtualNanos()),
        calls + cost.calls(),
        bytes + cost.bytes());
  }

  public int runs() {
    return passed + failed;
  }

  public long meanVirtualNanos() {
    return mean(virtualNanos);
  }

  public long meanCalls() {
    return mean(calls);
  }

  public long meanBytes() {
    return mean(bytes);
  }

  private long mean(long sum) {
    return runs() == 0 ? 0 : Math.round((double) sum / runs());
  }
}
