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
  public record Log(long committed, long last, long snapshot) {

    /// Nothing is known of it.
    public static final Log UNKNOWN = new Log(-1, -1, -1);

    public boolean isKnown() {
      return last >= 0;
    }
  }
}
