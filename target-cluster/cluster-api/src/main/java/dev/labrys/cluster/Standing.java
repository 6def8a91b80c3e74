package dev.labrys.cluster;

/// What a node says of itself.
///
/// @param isLeader whether it takes itself for the leader; several may, and the one of the latest
///   term is right
/// @param log how far its log goes
public record Standing(boolean isLeader, long term, Log log) {

  /// Of a node that does not tell how far its log goes.
  public Standing(boolean isLeader, long term) {
    this(isLeader, term, Log.UNKNOWN);
  }

  /// How far a log goes.
  ///
  /// @param committed the last entry that the node knows to be committed
  /// @param last its last entry
  /// @param snapshot the last entry that a snapshot has replaced
  /// @param applied the last entry that the node has given to its state machine
  /// @param lastTerm the term of its last entry
  public record Log(long committed, long last, long snapshot, long applied, long lastTerm) {

    /// Nothing is known of it.
    public static final Log UNKNOWN = new Log(-1, -1, -1);

    /// Of a node that tells no more.
    public Log(long committed, long last, long snapshot) {
      this(committed, last, snapshot, -1, -1);
    }

    public boolean isKnown() {
      return last >= 0;
    }
  }
}
