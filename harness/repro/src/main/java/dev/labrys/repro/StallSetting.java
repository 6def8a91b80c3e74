package dev.labrys.repro;

/// What is to be played.
///
/// @param stall how the leader comes to a halt
/// @param stallNanos for how long
/// @param cure what is done against it
/// @param patience for how many of the longest election timeouts the cluster has to get on
///   afterwards
public record StallSetting(Stall stall, long stallNanos, Cure cure, int patience) {
  private static final long MILLI = 1_000_000;

  /// As the notes have it: a sleep of 100 ms took 1.4 s.
  public static final long NOTES_NANOS = 1_400 * MILLI;

  private static final int USUAL_PATIENCE = 3;

  /// The stall of the notes, with nothing done against it.
  public static StallSetting of(Stall stall) {
    return new StallSetting(stall, NOTES_NANOS, Cure.NONE, USUAL_PATIENCE);
  }

  public StallSetting with(Cure other) {
    return new StallSetting(stall, stallNanos, other, patience);
  }

  public StallSetting withStallNanos(long other) {
    return new StallSetting(stall, other, cure, patience);
  }

  public StallSetting withPatience(int other) {
    return new StallSetting(stall, stallNanos, cure, other);
  }

  /// The longest time without a leader after which a node stands.
  long electionNanos() {
    return cure.raft().electionMaxNanos();
  }
}
