package dev.labrys.raft;

import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Conflict;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// What Raft decides, one small pure function for each rule of the paper.
///
/// [#RAFT] is Raft. Whoever wants to know what becomes of a cluster that has a rule wrong overrides
/// it.
public interface Rules {

  /// The rules as the paper has them.
  Rules RAFT = new Rules() {};

  /// How long a server waits for a leader before it stands: drawn anew each time, so that servers
  /// rarely stand at once (§5.2).
  default long electionTimeoutNanos(RaftOptions options, RandomGenerator random) {
    return random.nextLong(options.electionMinNanos(), options.electionMaxNanos() + 1);
  }

  /// Whether a server votes for `candidate`, which is in the same term: at most one vote a term
  /// (§5.2), and only for a log that has all that may be committed (§5.4.1).
  default boolean grantsVote(
      HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
    boolean isFree = mine.votedFor().equals(ServerId.NOBODY) || mine.votedFor().equals(candidate);
    return isFree && candidateLast.compareTo(myLast) >= 0;
  }

  /// Whether these votes elect a leader (§5.2).
  default boolean isElected(Configuration configuration, Predicate<ServerId> hasVotedForMe) {
    return Quorum.isReached(configuration, hasVotedForMe);
  }

  /// Whether a log may go on after `previous`: it has that very entry (§5.3). What a snapshot has
  /// replaced was committed, so it is the same everywhere.
  default boolean hasPrevious(LogView log, LogPosition previous) {
    return previous.index() <= log.last().index()
        && (previous.index() < log.snapshot().index()
            || log.termAt(previous.index()) == previous.term());
  }

  /// The index from which on the log must be written: that of the first of `entries` that it does
  /// not have, or one past the last. What is there already stays there, for a later message may
  /// have put it there (§5.3).
  default long firstToWrite(LogView log, List<Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean isReplaced = entry.index() <= log.snapshot().index();
      if (!isReplaced
          && (entry.index() > log.last().index() || log.termAt(entry.index()) != entry.term())) {
        return entry.index();
      }
    }
    return entries.isEmpty() ? log.last().index() + 1 : entries.getLast().index() + 1;
  }

  /// What a follower says about an entry of the leader's that it does not have: enough to skip a
  /// whole term at once (§5.3).
  default Conflict conflict(LogView log, long previousIndex) {
    long last = log.last().index();
    if (previousIndex > last) {
      return new Conflict(0, last + 1, last);
    }
    long term = log.termAt(previousIndex);
    long first = previousIndex;
    while (first - 1 > log.snapshot().index() && log.termAt(first - 1) == term) {
      first--;
    }
    return new Conflict(term, first, last);
  }

  /// Where a leader tries next with a follower that does not have `previousIndex`: after its own
  /// last entry of the follower's term if it has any, else before all of the follower's (§5.3).
  default long nextIndex(LogView log, long previousIndex, Conflict conflict) {
    if (conflict.term() == 0) {
      return conflict.lastIndex() + 1;
    }
    long index = Math.min(previousIndex, log.last().index());
    while (index > log.snapshot().index() && log.termAt(index) > conflict.term()) {
      index--;
    }
    boolean hasTerm = index >= log.snapshot().index() && log.termAt(index) == conflict.term();
    return hasTerm ? index + 1 : conflict.firstIndex();
  }

  /// The last entry that enough voters have stored (§5.3).
  default long replicated(Configuration configuration, ToLongFunction<ServerId> matchIndex) {
    return Quorum.reached(configuration, matchIndex);
  }

  /// What a leader knows to be committed when `replicated` is on enough servers. Counting copies
  /// commits only entries of its own term, and with them all before: an older one may still be
  /// overwritten, however many have it (§5.4.2, Figure 8).
  default long leaderCommit(long commitIndex, long replicated, LogView log, long term) {
    return replicated > commitIndex && log.termAt(replicated) == term ? replicated : commitIndex;
  }

  /// What a follower knows to be committed once it has accepted `message`: nothing beyond the
  /// entries that message vouches for (§5.3, Figure 2).
  default long followerCommit(long commitIndex, AppendEntries message) {
    return Math.max(commitIndex, Math.min(message.commitIndex(), message.lastIndex()));
  }

  /// Whether what a log has after a snapshot may stay there: it does if it continues the very entry
  /// that the snapshot ends with (Figure 13).
  default boolean keepsSuffix(LogView log, LogPosition snapshot) {
    return snapshot.index() <= log.last().index()
        && snapshot.index() >= log.snapshot().index()
        && log.termAt(snapshot.index()) == snapshot.term();
  }

  /// Whether a leader knows all that is committed: it does once an entry of its own term is (§8).
  default boolean knowsCommitted(LogView log, long commitIndex, long term) {
    return log.termAt(commitIndex) == term;
  }

  /// How long after a leader spoke to it a voter lets nobody else be elected, as far as the
  /// leader's own clock can tell (thesis §6.4.1).
  default long leaseNanos(RaftOptions options) {
    return options.electionMinNanos() / 1000 * options.leasePermille();
  }
}
