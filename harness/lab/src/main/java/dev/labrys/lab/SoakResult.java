package dev.labrys.lab;

import dev.labrys.history.Seed;

/// A soak run: what it was made of, what happened, and what became of it.
///
/// @param fingerprint of all that happened: two runs with the same one went the same way
public record SoakResult(
    Seed seed, SoakPlan plan, SoakCounts counts, long fingerprint, SoakVerdict verdict) {

  public boolean isPassed() {
    return verdict.isPassed();
  }

  /// In two lines: what became of it, and what it takes to see that again.
  @Override
  public String toString() {
    return "seed %d: %s%n  %s".formatted(seed.number(), verdict, plan);
  }
}
