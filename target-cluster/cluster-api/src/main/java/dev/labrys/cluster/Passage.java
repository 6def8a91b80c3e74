package dev.labrys.cluster;

/// What becomes of the bytes on a [Way].
public sealed interface Passage {

  /// No byte passes.
  enum Shut implements Passage {
    /// Bytes wait, and arrive after all once the way is open: what an outage of the network does to
    /// a connection that outlives it.
    HELD,
    /// Connections end, and new ones are refused or end at once.
    RESET
  }

  /// Each byte arrives later by `delayNanos`, give or take up to `jitterNanos`, in the order sent.
  record Late(long delayNanos, long jitterNanos) implements Passage {
    public Late {
      if (delayNanos <= 0 || jitterNanos < 0 || jitterNanos > delayNanos) {
        throw new IllegalArgumentException(
            "a delay is positive and its jitter at most as long, not %d and %d ns"
                .formatted(delayNanos, jitterNanos));
      }
    }
  }

  /// What becomes of bytes that both this and `other` happen to: what is shut stays shut, and
  /// delays add up.
  default Passage and(Passage other) {
    return switch (this) {
      case Shut shut -> other instanceof Shut also && also.compareTo(shut) > 0 ? also : shut;
      case Late(long delay, long jitter) ->
          switch (other) {
            case Shut shut -> shut;
            case Late(long more, long moreJitter) -> new Late(delay + more, jitter + moreJitter);
          };
    };
  }
}
