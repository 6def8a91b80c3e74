package dev.labrys.raft.store;

/// How much sessions keep. The same on every server of a cluster, as they forget alike.
///
/// @param sessions that are open at once; one more, and the one that was used least recently is
///   forgotten
/// @param unanswered requests of a session, counted from the lowest unanswered number
public record SessionLimits(int sessions, int unanswered) {

  /// What suits most clusters.
  public static final SessionLimits DEFAULTS = new SessionLimits(10_000, 1_024);

  public SessionLimits {
    if (sessions < 1 || unanswered < 1) {
      throw new IllegalArgumentException(
          "there must be room for a session and a request, not %d and %d"
              .formatted(sessions, unanswered));
    }
  }
}
