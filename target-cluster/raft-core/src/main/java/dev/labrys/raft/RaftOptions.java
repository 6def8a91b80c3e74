package dev.labrys.raft;

/// How a server behaves where the paper leaves a choice. Sane as [#DEFAULTS] has it; changed one by
/// one with [#with].
///
/// @param heartbeatNanos between two heartbeats of an idle leader
/// @param electionMinNanos the shortest time without a leader after which a server stands
/// @param electionMaxNanos the longest; each wait is drawn anew between the two (§5.2)
/// @param hasPreVote whether a server asks whether it could win before it raises its term
/// @param hasCheckQuorum whether a leader that hears no majority for the shortest election time
///   steps down, and voters that hear a leader refuse to vote
/// @param hasNoop whether a leader starts its term with an entry of its own (§8)
/// @param reads how reads are answered
/// @param batchEntries most entries of a message
/// @param batchBytes most bytes of commands in a message, if it has more than one
/// @param pipeline most messages with entries on their way to one server
/// @param snapshotEntries entries applied after which a snapshot is asked for; 0 for never
/// @param snapshotChunkBytes most bytes of a piece of a snapshot
/// @param waitingRequests most requests that wait at one server; more are refused
/// @param leasePermille how much of the shortest election time a lease lasts: what is missing to
///   1000 must cover how differently two clocks run
public record RaftOptions(
    long heartbeatNanos,
    long electionMinNanos,
    long electionMaxNanos,
    boolean hasPreVote,
    boolean hasCheckQuorum,
    boolean hasNoop,
    Reads reads,
    int batchEntries,
    int batchBytes,
    int pipeline,
    int snapshotEntries,
    int snapshotChunkBytes,
    int waitingRequests,
    int leasePermille,
    Fsync fsync) {

  private static final long MILLI = 1_000_000L;

  /// What is right for most clusters of one data centre.
  public static final RaftOptions DEFAULTS =
      new RaftOptions(
          100 * MILLI,
          400 * MILLI,
          800 * MILLI,
          true,
          true,
          true,
          Reads.INDEX,
          1_000,
          1 << 20,
          64,
          10_000,
          64 << 10,
          10_000,
          900,
          Fsync.ALWAYS);

  /// How reads are answered.
  public enum Reads {
    /// By the leader, once a majority has confirmed that it still leads (thesis §6.4).
    INDEX,
    /// By the leader, while a majority has promised not to elect another (thesis §6.4.1). Right as
    /// long as clocks run almost alike.
    LEASE,
    /// By the log, like a command.
    LOG,
    /// By whoever is asked, at once. Unsafe: answers may be stale.
    LOCAL
  }

  /// When a shell takes a write for stored.
  public enum Fsync {
    /// When the disk says so.
    ALWAYS,
    /// When it was handed to the operating system. Unsafe: the loss of power undoes it.
    NEVER
  }
}
