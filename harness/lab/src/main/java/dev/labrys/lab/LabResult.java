package dev.labrys.lab;

/// How one run of a test ended, and what it took.
public record LabResult(LabTest test, LabSeed seed, Ending ending, Cost cost) {

  /// How a run ended.
  public sealed interface Ending {}

  /// The cluster did all that was asked of it.
  public record Passed() implements Ending {}

  /// It did not.
  ///
  /// @param reason what was asked and not done
  /// @param story what happened until then, and how the servers are left; lines
  public record Failed(String reason, String story) implements Ending {}

  /// What a run took.
  ///
  /// @param virtualNanos on the clock of the simulation
  /// @param calls requests that servers sent each other, lost ones included
  /// @param bytes of these, and of the answers
  public record Cost(long virtualNanos, long calls, long bytes) {}

  public boolean isPassed() {
    return ending instanceof Passed;
  }
}
