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

  /// Each message has a fate of its own, as with UDP: it is lost, or comes twice, or is overtaken
  /// by some others, and takes from `leastNanos` to `mostNanos` longer.
  ///
  /// @param chances of the first three
  record Unreliable(Chances chances, long leastNanos, long mostNanos) implements Passage {
    public Unreliable {
      if (leastNanos < 0 || mostNanos < leastNanos) {
        throw new IllegalArgumentException(
            "messages take between two times, not from %d to %d ns longer"
                .formatted(leastNanos, mostNanos));
      }
    }

    private Unreliable later(long leastMore, long mostMore) {
      return new Unreliable(chances, leastNanos + leastMore, mostNanos + mostMore);
    }
  }

  /// Of a million packets, `lost` get lost, each by itself, and the others are later by
  /// `delayNanos`, give or take up to `jitterNanos`. What TCP has lost it sends again, so that no
  /// byte is missing in the end: those that were lost and all behind them are late.
  record Lossy(int lost, long delayNanos, long jitterNanos) implements Passage {
    public Lossy {
      if (lost <= 0 || lost > Chances.ALL) {
        throw new IllegalArgumentException("some packets are lost, not %d ppm".formatted(lost));
      }
      if (delayNanos < 0 || jitterNanos < 0 || jitterNanos > delayNanos) {
        throw new IllegalArgumentException(
            "a delay's jitter is at most as long, not %d and %d ns"
                .formatted(delayNanos, jitterNanos));
      }
    }
  }

  /// How many of a million messages get lost, come twice, and are overtaken.
  record Chances(int drop, int duplicate, int reorder) {
    private static final int ALL = 1_000_000;

    public Chances {
      for (int chance : new int[] {drop, duplicate, reorder}) {
        if (chance < 0 || chance > ALL) {
          throw new IllegalArgumentException(chance + " of a million can't be");
        }
      }
    }

    /// The worse of each.
    Chances and(Chances other) {
      return new Chances(
          Math.max(drop, other.drop),
          Math.max(duplicate, other.duplicate),
          Math.max(reorder, other.reorder));
    }
  }

  /// What becomes of bytes that both this and `other` happen to: what is shut stays shut, delays
  /// add up, and of two chances the greater one counts. Who can lose messages sees no packets, so
  /// that of these two the messages are lost.
  default Passage and(Passage other) {
    return switch (this) {
      case Shut shut -> other instanceof Shut also && also.compareTo(shut) > 0 ? also : shut;
      case Late(long delay, long jitter) ->
          switch (other) {
            case Shut shut -> shut;
            case Late(long more, long moreJitter) -> new Late(delay + more, jitter + moreJitter);
            case Unreliable unreliable -> unreliable.later(delay - jitter, delay + jitter);
            case Lossy(int lost, long more, long moreJitter) ->
                new Lossy(lost, delay + more, jitter + moreJitter);
          };
      case Unreliable unreliable ->
          switch (other) {
            case Unreliable(Chances more, long least, long most) ->
                new Unreliable(
                    unreliable.chances.and(more),
                    unreliable.leastNanos + least,
                    unreliable.mostNanos + most);
            case Lossy(int _, long delay, long jitter) ->
                unreliable.later(delay - jitter, delay + jitter);
            case Shut _, Late _ -> other.and(this);
          };
      case Lossy(int lost, long delay, long jitter) ->
          switch (other) {
            case Lossy(int alsoLost, long more, long moreJitter) ->
                new Lossy(Math.max(lost, alsoLost), delay + more, jitter + moreJitter);
            case Shut _, Late _, Unreliable _ -> other.and(this);
          };
    };
  }
}
