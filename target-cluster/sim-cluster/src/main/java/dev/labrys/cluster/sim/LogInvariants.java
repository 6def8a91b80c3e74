package dev.labrys.cluster.sim;

import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.List;

/// What must hold of logs, in memory and on disk: [Invariant#LEADER_APPEND_ONLY],
/// [Invariant#LOG_MATCHING] and [Invariant#LOG_DURABILITY].
final class LogInvariants {
  /// How many entries are remembered for a server that lags behind what others have compacted.
  private static final int REMEMBERED_ENTRIES = 1 << 16;

  private final Violations violations;
  private final ElectionInvariants elections;
  private final CreatedEntries created;
  private final TermRuns committed;
  private final TermRuns committedIn;
  private final ByServer<Copy> copies = new ByServer<>(Copy::new);

  /// @param created filled here
  /// @param committed what is committed so far; filled elsewhere
  /// @param committedIn for each committed entry, the term of the leader that committed it; filled
  ///   elsewhere
  LogInvariants(
      Violations violations,
      ElectionInvariants elections,
      CreatedEntries created,
      TermRuns committed,
      TermRuns committedIn) {
    this.violations = violations;
    this.elections = elections;
    this.created = created;
    this.committed = committed;
    this.committedIn = committedIn;
  }

  /// A server's log: as the server has ordered it to be stored, and as its disk has it by now.
  private static final class Copy {
    private final ServerId id;
    private boolean isKnown;
    private final TermRuns ordered = new TermRuns();
    private final TermRuns disk = new TermRuns();
    private long promisedIn;
    private long promisedIndex;
    private long promisedTerm;

    private Copy(ServerId id) {
      this.id = id;
    }
  }

  /// Where a server has an entry from.
  private enum Origin {
    /// It made it itself, or was found with it at first: nobody need have seen it before.
    MADE_HERE,
    /// From a leader, who must have made it.
    COPIED
  }

  /// The log that is on the server's disk for sure.
  TermRuns disk(ServerId server) {
    return copies.of(server).disk;
  }

  /// The log that the server will have on its disk if it does not crash.
  TermRuns ordered(ServerId server) {
    return copies.of(server).ordered;
  }

  void started(ServerId server, Stored stored) {
    Copy copy = copies.of(server);
    Snapshot snapshot = stored.snapshot();
    List<Entry> entries = stored.entries();
    TermRuns found = new TermRuns();
    found.reset(snapshot.last().index(), snapshot.last().term());
    found.write(entries);
    requireKept(copy, stored.state().term(), found);
    for (int i = 0; i < entries.size(); i++) {
      requireSame(copy, entries.get(i), found, copy.isKnown ? Origin.COPIED : Origin.MADE_HERE);
    }
    copy.isKnown = true;
    copy.disk.copy(found);
    copy.ordered.copy(found);
  }

  /// Its disk is a new one.
  void replaced(ServerId server) {
    Copy copy = copies.of(server);
    copy.isKnown = false;
    copy.promisedIn = 0;
    copy.promisedIndex = 0;
    copy.promisedTerm = 0;
    copy.disk.reset(0, 0);
    copy.ordered.reset(0, 0);
  }

  private void requireKept(Copy copy, long term, TermRuns found) {
    if (found.baseIndex() < copy.disk.baseIndex()) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          copy.id,
          "%s had stored a snapshot up to entry %d, and starts with one up to %d",
          copy.id,
          copy.disk.baseIndex(),
          found.baseIndex());
    }
    if (term == copy.promisedIn && !found.covers(copy.promisedIndex, copy.promisedTerm)) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          copy.id,
          "%s told the leader of term %d that it had stored entry %s, and starts without it:"
              + " its log ends at %d",
          copy.id,
          term,
          place(copy.promisedIndex, copy.promisedTerm),
          found.lastIndex());
    }
    long kept = lastCommitted(copy.disk, committed.lastIndex());
    if (kept > 0 && !found.covers(kept, committed.termAt(kept))) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          copy.id,
          "%s had stored entry %s, which is committed, and starts without it: its log ends at %d",
          copy.id,
          place(kept, committed.termAt(kept)),
          found.lastIndex());
    }
  }

  /// The last entry of `log` up to `end` that is known to be committed, or 0.
  private long lastCommitted(TermRuns log, long end) {
    long from = Math.max(log.baseIndex(), committed.baseIndex());
    long index = Math.min(log.lastIndex(), end);
    while (index >= from && log.termAt(index) != committed.termAt(index)) {
      index--;
    }
    return index >= from ? index : 0;
  }

  /// Things that must hold after every step, with its writes ordered.
  void stepped(Status status) {
    Copy copy = copies.of(status.id());
    long last = status.last().index();
    if (last < copy.promisedIndex && status.term() == copy.promisedIn) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          copy.id,
          "%s told the leader of term %d that it had stored entry %s, and gave it up in the same"
              + " term: its log ends at %s",
          copy.id,
          copy.promisedIn,
          place(copy.promisedIndex, copy.promisedTerm),
          status.last());
    }
    if (last != copy.ordered.lastIndex() || status.last().term() != copy.ordered.lastTerm()) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          copy.id,
          "%s takes its log to end at %s, and has ordered one to be stored that ends at %s",
          copy.id,
          status.last(),
          place(copy.ordered.lastIndex(), copy.ordered.lastTerm()));
    }
  }

  /// The server has ordered a write.
  void ordered(Status status, Effect.Persist write) {
    if (write.entries().isEmpty()) {
      return;
    }
    Copy copy = copies.of(status.id());
    long first = write.entries().getFirst().index();
    if (first > copy.ordered.lastIndex() + 1 || first <= copy.ordered.baseIndex()) {
      throw violations.of(
          Invariant.LOG_MATCHING,
          copy.id,
          "%s writes its log from entry %d on, which leaves a gap after %d or is in the snapshot"
              + " up to %d",
          copy.id,
          first,
          copy.ordered.lastIndex(),
          copy.ordered.baseIndex());
    }
    boolean leads = status.role() == Status.RoleName.LEADER;
    if (leads && first <= copy.ordered.lastIndex()) {
      throw violations.of(
          Invariant.LEADER_APPEND_ONLY,
          copy.id,
          "%s, leader of term %d, overwrites entry %s",
          copy.id,
          status.term(),
          place(first, copy.ordered.termAt(first)));
    }
    // Who lags behind in an earlier term has promised nothing to the leader that committed, and may
    // still be told otherwise by a leader of before.
    long binding = committedIn.lastBefore(status.term() + 1);
    long agreed = first <= binding ? lastCommitted(copy.ordered, binding) : 0;
    copy.ordered.write(write.entries());
    if (agreed >= first && !copy.ordered.covers(agreed, committed.termAt(agreed))) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          copy.id,
          "%s gives up entry %s, which is committed, by a write from entry %d on",
          copy.id,
          place(agreed, committed.termAt(agreed)),
          first);
    }
    for (int i = 0; i < write.entries().size(); i++) {
      Entry entry = write.entries().get(i);
      Origin origin = leads && entry.term() == status.term() ? Origin.MADE_HERE : Origin.COPIED;
      requireSame(copy, entry, copy.ordered, origin);
    }
  }

  /// Requires that the entry is the one of its index and term, and that the one before it in `log`
  /// is the one before it everywhere.
  private void requireSame(Copy copy, Entry entry, TermRuns log, Origin origin) {
    if (!created.reaches(entry.index())) {
      return;
    }
    long previousTerm = log.termAt(entry.index() - 1);
    Entry known = created.find(entry.index(), entry.term());
    if (known == null) {
      if (origin == Origin.COPIED) {
        throw violations.of(
            Invariant.LOG_MATCHING,
            copy.id,
            "%s has an entry %s that no leader made",
            copy.id,
            entry.position());
      }
      created.add(entry, previousTerm);
      return;
    }
    if (!known.equals(entry)) {
      throw violations.of(
          Invariant.LOG_MATCHING,
          copy.id,
          "entry %s holds %s at %s, and %s elsewhere",
          entry.position(),
          entry.content(),
          copy.id,
          known.content());
    }
    if (previousTerm != created.previousTerm(entry.index(), entry.term())) {
      throw violations.of(
          Invariant.LOG_MATCHING,
          copy.id,
          "entry %s comes after %s at %s, and after %s elsewhere",
          entry.position(),
          place(entry.index() - 1, previousTerm),
          copy.id,
          place(entry.index() - 1, created.previousTerm(entry.index(), entry.term())));
    }
  }

  /// The server has ordered a snapshot to be stored.
  void ordered(ServerId server, Snapshot snapshot) {
    Copy copy = copies.of(server);
    if (snapshot.last().index() < copy.ordered.baseIndex()) {
      throw violations.of(
          Invariant.APPLY_ORDER,
          server,
          "%s replaces its snapshot up to entry %d by an older one, up to %s",
          server,
          copy.ordered.baseIndex(),
          snapshot.last());
    }
    copy.ordered.compact(snapshot.last());
  }

  /// The server's disk has these entries.
  void stored(ServerId server, List<Entry> entries) {
    copies.of(server).disk.write(entries);
  }

  /// The server's disk has this snapshot.
  ///
  /// @return the entry up to which nobody needs to know more
  long stored(ServerId server, Snapshot snapshot) {
    copies.of(server).disk.compact(snapshot.last());
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    for (Copy copy : copies.all()) {
      lowest = copy.isKnown ? Math.min(lowest, copy.disk.baseIndex()) : lowest;
      highest = Math.max(highest, copy.disk.baseIndex());
    }
    long forgotten = Math.max(lowest, highest - REMEMBERED_ENTRIES);
    created.dropBefore(forgotten + 1);
    return forgotten;
  }

  /// The server has told `leader` how far their logs are the same.
  void acknowledged(ServerId server, ServerId leader, Message.AppendAccepted reply) {
    Copy copy = copies.of(server);
    long index = reply.matchIndex();
    if (index > copy.disk.lastIndex()) {
      throw violations.of(
          Invariant.LOG_DURABILITY,
          server,
          "%s tells %s, leader of term %d, that it has stored entry %d, and its disk ends at %s",
          server,
          leader,
          reply.term(),
          index,
          place(copy.disk.lastIndex(), copy.disk.lastTerm()));
    }
    if (elections.leadsIn(leader) == reply.term()) {
      requireMatch(copy, copies.of(leader), reply);
    }
    if (reply.term() > copy.promisedIn
        || (reply.term() == copy.promisedIn && index > copy.promisedIndex)) {
      copy.promisedIn = reply.term();
      copy.promisedIndex = index;
      copy.promisedTerm = copy.disk.termAt(index);
    }
  }

  private void requireMatch(Copy copy, Copy leader, Message.AppendAccepted reply) {
    long index = reply.matchIndex();
    long here = copy.disk.termAt(index);
    long there = leader.ordered.termAt(index);
    boolean isCompacted = index < copy.disk.baseIndex() || index < leader.ordered.baseIndex();
    if (!isCompacted && here != there) {
      throw violations.between(
          Invariant.LOG_DURABILITY,
          List.of(copy.id, leader.id),
          "%s tells %s, leader of term %d, that their logs are the same up to entry %d, which is"
              + " %s on its disk and %s in the leader's log",
          copy.id,
          leader.id,
          reply.term(),
          index,
          place(index, here),
          place(index, there));
    }
  }

  /// A position in words.
  static Object place(long index, long term) {
    return term == TermRuns.UNKNOWN ? index + " (missing)" : new LogPosition(index, term);
  }
}
