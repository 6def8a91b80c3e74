package dev.labrys.cluster.sim;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What must hold of what is committed and applied: [Invariant#LEADER_COMPLETENESS],
/// [Invariant#STATE_MACHINE_SAFETY], [Invariant#COMMITMENT], [Invariant#MONOTONE_COMMIT_INDEX] and
/// [Invariant#APPLY_ORDER].
final class CommitInvariants {
  /// How many accounts of state machines are remembered, by index.
  private static final int REMEMBERED_STATES = 1 << 8;

  private final Violations violations;
  private final ElectionInvariants elections;
  private final LogInvariants logs;
  private final CreatedEntries created;
  private final TermRuns committed;

  /// For each committed entry, the term of the leader that committed it.
  private final TermRuns committedIn;

  private final Deque<Change> changes = new ArrayDeque<>();
  private final long[] stateIndices = new long[REMEMBERED_STATES];
  private final int[] stateHashes = new int[REMEMBERED_STATES];
  private final ByServer<Progress> servers = new ByServer<>(Progress::new);
  private boolean hasRun;

  /// @param committed filled here
  /// @param committedIn filled here
  CommitInvariants(
      Violations violations,
      ElectionInvariants elections,
      LogInvariants logs,
      CreatedEntries created,
      TermRuns committed,
      TermRuns committedIn) {
    this.violations = violations;
    this.elections = elections;
    this.logs = logs;
    this.created = created;
    this.committed = committed;
    this.committedIn = committedIn;
  }

  /// How far a server has come since it was started.
  private static final class Progress {
    private final ServerId id;
    private long commitIndex;
    private long applied;

    private Progress(ServerId id) {
      this.id = id;
    }
  }

  /// The cluster from the committed entry `index` on.
  private record Change(long index, Configuration configuration) {}

  /// The last entry that anybody takes for committed.
  long lastCommitted() {
    return committed.lastIndex();
  }

  /// The last entry that the server's state machine has seen.
  long applied(ServerId server) {
    return servers.of(server).applied;
  }

  void started(ServerId server, Stored stored) {
    Snapshot snapshot = stored.snapshot();
    if (!hasRun && snapshot.last().index() >= committed.lastIndex()) {
      adopt(snapshot);
    }
    Progress progress = servers.of(server);
    progress.commitIndex = 0;
    progress.applied = snapshot.last().index();
  }

  /// Takes what a server has before anything has happened for what is committed.
  private void adopt(Snapshot snapshot) {
    LogPosition last = snapshot.last();
    committed.reset(last.index(), last.term());
    committedIn.reset(last.index(), last.term());
    if (!snapshot.configuration().equals(Configuration.NONE)) {
      changes.clear();
      changes.add(new Change(last.index(), snapshot.configuration()));
    }
  }

  /// Things that must hold after every step.
  void stepped(Status status, LogView log) {
    hasRun = true;
    Progress progress = servers.of(status.id());
    long index = status.commitIndex();
    if (index == progress.commitIndex && index <= status.last().index()) {
      return;
    }
    if (index < progress.commitIndex) {
      throw violations.of(
          Invariant.MONOTONE_COMMIT_INDEX,
          progress.id,
          "%s took entry %d for committed, and only %d now",
          progress.id,
          progress.commitIndex,
          index);
    }
    if (index > status.last().index()) {
      throw violations.of(
          Invariant.COMMITMENT,
          progress.id,
          "%s takes entry %d for committed, and its log ends at %s",
          progress.id,
          index,
          status.last());
    }
    if (index > committed.lastIndex()) {
      advance(status, log);
    } else {
      requireAgreed(progress.id, index, termAt(log, index));
    }
    progress.commitIndex = index;
  }

  private static long termAt(LogView log, long index) {
    return index < log.snapshot().index() || index > log.last().index()
        ? TermRuns.UNKNOWN
        : log.termAt(index);
  }

  /// Requires that the server does not take another entry for committed than others do.
  private void requireAgreed(ServerId server, long index, long term) {
    long agreed = committed.termAt(index);
    if (agreed != TermRuns.UNKNOWN && term != TermRuns.UNKNOWN && agreed != term) {
      throw violations.of(
          Invariant.STATE_MACHINE_SAFETY,
          server,
          "%s takes entry %s for committed, in place of %s",
          server,
          LogInvariants.place(index, term),
          LogInvariants.place(index, agreed));
    }
  }

  /// Somebody takes entries for committed that nobody did before.
  private void advance(Status status, LogView log) {
    ServerId leader = status.id();
    long index = status.commitIndex();
    if (!elections.wasElected(leader)) {
      throw violations.of(
          Invariant.COMMITMENT,
          leader,
          "%s takes entry %d for committed, does not lead, and no leader has gone beyond %d",
          leader,
          index,
          committed.lastIndex());
    }
    requireComplete(leader, status.term(), log, committed.lastIndex());
    long term = log.termAt(index);
    requireMajority(status, index, term);
    requireLaterLeadersHave(status, index, term);
    for (long next = committed.lastIndex() + 1; next <= index; next++) {
      long nextTerm = termAt(log, next);
      committed.append(nextTerm);
      committedIn.append(Math.max(committedIn.lastTerm(), status.term()));
      Entry entry = created.find(next, nextTerm);
      if (entry != null && entry.content() instanceof Content.Membership change) {
        changes.addLast(new Change(next, change.configuration()));
      }
    }
  }

  private void requireMajority(Status status, long index, long term) {
    if (!Majority.of(status.configuration(), voter -> logs.disk(voter).covers(index, term))) {
      List<ServerId> stored =
          status.configuration().members().stream()
              .filter(member -> logs.disk(member).covers(index, term))
              .toList();
      throw violations.of(
          Invariant.COMMITMENT,
          status.id(),
          "%s, leader of term %d, takes entry %s for committed, which only %s of %s have stored",
          status.id(),
          status.term(),
          LogInvariants.place(index, term),
          stored,
          status.configuration());
    }
  }

  private void requireLaterLeadersHave(Status status, long index, long term) {
    if (elections.latestLeaderTerm() <= status.term()) {
      return;
    }
    for (Progress other : servers.all()) {
      long leads = elections.leadsIn(other.id);
      if (leads > status.term() && !logs.ordered(other.id).covers(index, term)) {
        throw violations.between(
            Invariant.LEADER_COMPLETENESS,
            List.of(other.id, status.id()),
            "%s leads in term %d without entry %s, which %s has committed in term %d",
            other.id,
            leads,
            LogInvariants.place(index, term),
            status.id(),
            status.term());
      }
    }
  }

  /// The server has become leader.
  void elected(Status status, LogView log) {
    requireComplete(status.id(), status.term(), log, committedIn.lastBefore(status.term()));
  }

  /// Requires that a leader has all that is committed up to `index`.
  private void requireComplete(ServerId leader, long term, LogView log, long index) {
    long agreed = committed.termAt(index);
    if (agreed == TermRuns.UNKNOWN || index < log.snapshot().index()) {
      return;
    }
    long there = termAt(log, index);
    if (there != agreed) {
      throw violations.of(
          Invariant.LEADER_COMPLETENESS,
          leader,
          "%s leads in term %d without entry %s, committed in term %d; it has %s there",
          leader,
          term,
          LogInvariants.place(index, agreed),
          committedIn.termAt(index),
          LogInvariants.place(index, there));
    }
  }

  /// The server's state machine has executed an entry.
  void applied(ServerId server, Entry entry) {
    Progress progress = servers.of(server);
    long index = entry.index();
    if (index != progress.applied + 1) {
      throw violations.of(
          Invariant.APPLY_ORDER,
          server,
          "%s applies entry %s after entry %d",
          server,
          entry.position(),
          progress.applied);
    }
    if (index > committed.lastIndex()) {
      throw violations.of(
          Invariant.STATE_MACHINE_SAFETY,
          server,
          "%s applies entry %s, and no leader has committed more than %d",
          server,
          entry.position(),
          committed.lastIndex());
    }
    requireAgreed(server, index, entry.term());
    Entry known = created.find(index, entry.term());
    if (known != null && !known.equals(entry)) {
      throw violations.of(
          Invariant.STATE_MACHINE_SAFETY,
          server,
          "%s applies entry %s as %s, which is %s",
          server,
          entry.position(),
          entry.content(),
          known.content());
    }
    progress.applied = index;
  }

  /// The server's state machine has become what a snapshot says.
  void restored(ServerId server, Snapshot snapshot) {
    Progress progress = servers.of(server);
    if (snapshot.last().index() < progress.applied) {
      throw violations.of(
          Invariant.APPLY_ORDER,
          server,
          "%s has applied entry %d, and goes back to a snapshot up to %s",
          server,
          progress.applied,
          snapshot.last());
    }
    progress.applied = snapshot.last().index();
  }

  /// The server has ordered a snapshot to be stored.
  void ordered(ServerId server, Snapshot snapshot) {
    LogPosition last = snapshot.last();
    if (last.index() > committed.lastIndex()) {
      throw violations.of(
          Invariant.STATE_MACHINE_SAFETY,
          server,
          "%s makes a snapshot up to entry %s, and no leader has committed more than %d",
          server,
          last,
          committed.lastIndex());
    }
    requireAgreed(server, last.index(), last.term());
    requireSameConfiguration(server, snapshot);
    int slot = (int) last.index() & (REMEMBERED_STATES - 1);
    int hash = snapshot.state().hashCode();
    if (stateIndices[slot] == last.index() && stateHashes[slot] != hash) {
      throw violations.of(
          Invariant.STATE_MACHINE_SAFETY,
          server,
          "the state machine of %s differs after entry %s from that of others",
          server,
          last);
    }
    stateIndices[slot] = last.index();
    stateHashes[slot] = hash;
  }

  private void requireSameConfiguration(ServerId server, Snapshot snapshot) {
    Configuration expected = null;
    for (Change change : changes) {
      if (change.index() <= snapshot.last().index()) {
        expected = change.configuration();
      }
    }
    if (expected != null && !expected.equals(snapshot.configuration())) {
      throw violations.of(
          Invariant.STATE_MACHINE_SAFETY,
          server,
          "%s makes a snapshot up to entry %s of the cluster %s, which is %s there",
          server,
          snapshot.last(),
          snapshot.configuration(),
          expected);
    }
  }

  /// Nothing up to `index` will be asked for any more.
  void forget(long index) {
    long term = committed.termAt(index);
    if (term == TermRuns.UNKNOWN) {
      return;
    }
    committedIn.compact(new LogPosition(index, committedIn.termAt(index)));
    committed.compact(new LogPosition(index, term));
    while (changes.size() > 1 && secondChange().index() <= index) {
      changes.removeFirst();
    }
  }

  private Change secondChange() {
    return changes.stream().skip(1).findFirst().orElseThrow();
  }
}
