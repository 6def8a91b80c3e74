package dev.labrys.lab;

/// A test of the labs.
///
/// @param title its name in the course, without the part
/// @param servers how many it has
/// @param demand what it asks of a cluster, in a few words
/// @param script how it goes
public record LabTest(String title, Part part, int servers, String demand, Script script) {

  /// How a test goes: plain steps, one after the other, each of which may end it with a
  /// [LabFailure].
  @FunctionalInterface
  public interface Script {
    void play(LabRun run);
  }

  /// What people call it: `InitialElection2A`.
  public String name() {
    return title + part.label();
  }

  @Override
  public String toString() {
    return name();
  }
}
