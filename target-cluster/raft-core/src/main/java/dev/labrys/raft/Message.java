package dev.labrys.raft;

import java.util.List;

/// What servers say to each other. Each message bears the term of its sender, and each answer what
/// it takes to know the question.
public sealed interface Message {

  /// The term its sender was in.
  long term();

  /// Whether this answers another message.
  default boolean isReply() {
    return switch (this) {
      case VoteReply _, AppendAccepted _, AppendRejected _, SnapshotReply _, ReadIndexReply _ ->
          true;
      case RequestVote _, AppendEntries _, InstallSnapshot _, TimeoutNow _, ReadIndex _ -> false;
    };
  }

  /// Asks for a vote (§5.2).
  ///
  /// @param term the term to be elected in, which for [Campaign#PRE_VOTE] nobody is in yet
  /// @param last where the sender's log ends
  record RequestVote(long term, LogPosition last, Campaign campaign) implements Message {}

  /// Why somebody wants votes.
  enum Campaign {
    /// To know whether an election could be won, before anybody is disturbed (thesis §9.6).
    PRE_VOTE,
    /// The leader was not heard for too long.
    ELECTION,
    /// The leader asked for it (thesis §3.10): voters need not have missed it.
    TRANSFER
  }

  /// Answers [RequestVote].
  ///
  /// @param term of the voter, after it heard the question
  /// @param asked the term of the question
  record VoteReply(long term, long asked, Campaign campaign, boolean isGranted)
      implements Message {}

  /// Replicates entries; without entries, a heartbeat (§5.3).
  ///
  /// @param previous what the log must have before the first of `entries`
  /// @param commitIndex of the leader
  /// @param round numbers what this leader sent in this term
  record AppendEntries(
      long term, LogPosition previous, List<Entry> entries, long commitIndex, long round)
      implements Message {
    public AppendEntries {
      entries = List.copyOf(entries);
    }

    /// The index of the last entry that a server has for sure once it accepted this.
    public long lastIndex() {
      return previous.index() + entries.size();
    }
  }

  /// Says that the log is the leader's up to `matchIndex`, and stored.
  ///
  /// @param round of the question
  record AppendAccepted(long term, long round, long matchIndex) implements Message {}

  /// Says that the log does not have `previousIndex` as the leader does.
  ///
  /// @param round of the question
  /// @param conflict where the leader may try next
  record AppendRejected(long term, long round, long previousIndex, Conflict conflict)
      implements Message {}

  /// What a follower's log has instead (§5.3, last paragraph but one).
  ///
  /// @param term of its entry at the index in question, 0 if its log ends before
  /// @param firstIndex of that term in its log
  /// @param lastIndex of its log
  record Conflict(long term, long firstIndex, long lastIndex) {}

  /// A piece of a snapshot (Figure 13).
  ///
  /// @param last the last entry the snapshot replaces
  /// @param configuration of the snapshot
  /// @param offset where `chunk` belongs
  /// @param size of the whole
  record InstallSnapshot(
      long term,
      LogPosition last,
      Configuration configuration,
      int offset,
      Bytes chunk,
      int size,
      long round)
      implements Message {}

  /// Says how much of the snapshot up to `last` has arrived.
  ///
  /// @param nextOffset where the next piece starts; the size once all of it is stored
  record SnapshotReply(long term, LogPosition last, int nextOffset, long round)
      implements Message {}

  /// Asks the receiver to stand for election at once (thesis §3.10).
  record TimeoutNow(long term) implements Message {}

  /// Asks the leader how far a state machine must be for a read that comes now (thesis §6.4).
  ///
  /// @param read numbers the questions of the sender
  record ReadIndex(long term, long read) implements Message {}

  /// Answers [ReadIndex].
  ///
  /// @param index the commit index to wait for; [#REFUSED] if the answerer can't say
  record ReadIndexReply(long term, long read, long index) implements Message {
    public static final long REFUSED = -1;
  }
}
