package dev.labrys.repro;

/// How often something was seen, and between which bounds the truth is in 95 of 100 cases (Wilson
/// 1927).
///
/// @param hits how often it was seen
/// @param runs of how many
public record Rate(long hits, long runs) {
  private static final double Z = 1.959964;

  public Rate {
    if (hits < 0 || runs < 1 || hits > runs) {
      throw new IllegalArgumentException("%d of %d can't be".formatted(hits, runs));
    }
  }

  /// The share that was seen.
  public double share() {
    return (double) hits / runs;
  }

  /// The lower bound of the true share.
  public double low() {
    return hits == 0 ? 0 : Math.max(0, center() - margin());
  }

  /// The upper bound.
  public double high() {
    return hits == runs ? 1 : Math.min(1, center() + margin());
  }

  private double center() {
    return (share() + Z * Z / (2 * runs)) / (1 + Z * Z / runs);
  }

  private double margin() {
    double spread = share() * (1 - share()) / runs + Z * Z / (4.0 * runs * runs);
    return Z * Math.sqrt(spread) / (1 + Z * Z / runs);
  }
}
