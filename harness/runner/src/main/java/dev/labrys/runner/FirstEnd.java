package dev.labrys.runner;

/// An output that ends once: what comes after an interrupt, from a thread that has not noticed yet,
/// is not said any more, and not counted.
final class FirstEnd implements VerdictOutput {
  private final VerdictOutput output;
  private final Tally tally;
  private boolean ended;

  /// @param tally counts what `output` is told
  FirstEnd(VerdictOutput output, Tally tally) {
    this.output = output;
    this.tally = tally;
  }

  @Override
  public synchronized void add(FileVerdict verdict) {
    if (!ended) {
      tally.add(verdict);
      output.add(verdict);
    }
  }

  @Override
  public synchronized void end(Ending ending) {
    if (!ended) {
      ended = true;
      output.end(ending);
    }
  }
}
