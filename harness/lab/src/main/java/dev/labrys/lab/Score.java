package dev.labrys.lab;

/// What became of several runs of one test.
///
/// The same whatever the order in which they were added.
public final class Score {
  private final LabTest test;
  private int passed;
  private int failed;
  private long virtualNanos;
  private long mostVirtualNanos;
  private long calls;
  private long bytes;

  Score(LabTest test) {
    this.test = test;
  }

  void add(LabResult result) {
    if (result.isPassed()) {
      passed++;
    } else {
      failed++;
    }
    LabResult.Cost cost = result.cost();
    virtualNanos += cost.virtualNanos();
    mostVirtualNanos = Math.max(mostVirtualNanos, cost.virtualNanos());
    calls += cost.calls();
    bytes += cost.bytes();
  }

  public LabTest test() {
    return test;
  }

  public int runs() {
    return passed + failed;
  }

  public int passed() {
    return passed;
  }

  public int failed() {
    return failed;
  }

  /// How long the longest run took, on the clock of the simulation.
  public long mostVirtualNanos() {
    return mostVirtualNanos;
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
