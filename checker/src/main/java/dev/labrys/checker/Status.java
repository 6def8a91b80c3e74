package dev.labrys.checker;

/// A verdict in one word, from best to worst. When several verdicts are joined, the worst counts.
public enum Status {
  /// It was proved that the history is allowed.
  VALID,
  /// Nothing was tested, so nothing was proved.
  VACUOUS,
  /// A checker ran out of time or memory.
  UNKNOWN,
  /// The run itself was at fault: a stalled host, a broken harness.
  INCONCLUSIVE,
  /// There is a counterexample.
  INVALID;

  public Status worse(Status other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
