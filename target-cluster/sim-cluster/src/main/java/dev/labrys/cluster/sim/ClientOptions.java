package dev.labrys.cluster.sim;

/// How a client goes about a call.
///
/// @param attemptNanos how long it waits for a server's reply before it asks another
/// @param pauseNanos how long it waits before it asks again when nobody could help
/// @param patienceNanos how long it tries at all
/// @param repetition which attempts it repeats
public record ClientOptions(
    long attemptNanos, long pauseNanos, long patienceNanos, Repetition repetition) {
  private static final long MILLI = 1_000_000L;

  /// A client that has a session with the state machine.
  public static final ClientOptions DEFAULTS =
      new ClientOptions(1_000 * MILLI, 50 * MILLI, 10_000 * MILLI, Repetition.ALL);

  /// Which attempts are made again.
  public enum Repetition {
    /// All: a command that is given twice is executed once, which its bytes see to.
    ALL,
    /// Those that certainly had no effect, and queries.
    HARMLESS
  }

  public ClientOptions {
    if (attemptNanos < 1 || pauseNanos < 1 || patienceNanos < 1) {
      throw new IllegalArgumentException(
          "a client waits for some time, not %d, %d and %d ns"
              .formatted(attemptNanos, pauseNanos, patienceNanos));
    }
  }

  public ClientOptions with(Repetition changed) {
    return new ClientOptions(attemptNanos, pauseNanos, patienceNanos, changed);
  }
}
