package dev.labrys.nemesis;

/// Something that a nemesis did, or could not do.
///
/// @param timeNanos since the start of the run
/// @param entry the number of the fault in the schedule
/// @param fault its text, with the names of those it hits once it has begun
/// @param detail why it failed or was missed; else empty
public record Incident(long timeNanos, int entry, Phase phase, String fault, String detail) {

  /// How far a fault has come.
  public enum Phase {
    /// It does not happen: there was nobody to hit, or this cluster can't be hurt that way.
    MISSED,
    /// It is being brought about.
    BEGINS,
    /// It is there.
    IN_FORCE,
    /// It is being undone.
    HEALING,
    /// Nothing of it is left.
    HEALED,
    /// It could not be brought about, or not undone, or not wholly.
    FAILED
  }
}
