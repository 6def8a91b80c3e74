package dev.labrys.raft;

import dev.labrys.raft.Message.AppendEntries;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// What a server is whatever its role: the state of Figure 2, and the ways to change it.
///
/// All of it changes here; roles decide when.
final class Server {
  /// A deadline that does not come.
  static final long NEVER = Long.MAX_VALUE;

  final ServerId id;
  final RaftOptions options;
  final Rules rules;
  final RaftLog log;
  final Memberships memberships;
  final Outbox outbox;
  private final RandomGenerator random;

  private Snapshot snapshot;
  private long commitIndex;
  private long lastApplied;
  private boolean awaitsSnapshot;
  private ServerId leader = ServerId.NOBODY;

  /// Those who wait for entries of this server's own term as leader, in the order of the log.
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  private long now;
  private long electionDeadline = NEVER;
  private long promisedUntil = Long.MIN_VALUE;

  /// Somebody who waits for the entry `index`.
  ///
  /// @param query what to ask once it is applied; empty to be answered by the entry itself
  private record Waiting(long index, RequestId request, List<Bytes> query) {}

  Server(ServerId id, RaftOptions options, Rules rules, Stored stored, RandomGenerator random) {
    this.id = id;
    this.options = options;
    this.rules = rules;
    this.random = random;
    this.snapshot = stored.snapshot();
    this.log = new RaftLog(snapshot.last(), stored.entries());
    this.memberships = new Memberships(snapshot, stored.entries());
    this.outbox = new Outbox(stored.state());
    this.commitIndex = snapshot.last().index();
    this.lastApplied = commitIndex;
  }

  // Time

  void now(long nowNanos) {
    now = nowNanos;
  }

  long now() {
    return now;
  }

  /// When the server stands for election unless it hears a leader before. Who has no vote never
  /// stands – unless it had one until a change that is not known to be committed: it may be the
  /// only one left who can bring that about (thesis §4.2.2).
  long electionDeadline() {
    return memberships.mayBeVoter(id, commitIndex) ? electionDeadline : NEVER;
  }

  void restartElectionTimer() {
    electionDeadline = now + rules.electionTimeoutNanos(options, random);
  }

  // Terms and votes

  long term() {
    return outbox.state().term();
  }

  ServerId votedFor() {
    return outbox.state().votedFor();
  }

  ServerId leader() {
    return leader;
  }

  boolean isVoter() {
    return memberships.current().isVoter(id);
  }

  /// Enters a later term, in which nobody is known to lead.
  void enterTerm(long newTerm) {
    outbox.write(new HardState(newTerm, ServerId.NOBODY));
    leader = ServerId.NOBODY;
  }

  /// Enters the next term with a vote for itself (§5.2).
  void standInNextTerm() {
    outbox.write(new HardState(term() + 1, id));
    leader = ServerId.NOBODY;
  }

  void vote(ServerId candidate) {
    outbox.write(new HardState(term(), candidate));
  }

  void forgetLeader() {
    leader = ServerId.NOBODY;
  }

  void lead() {
    leader = id;
  }

  /// Notes that `sender` leads this term, and is there.
  void hear(ServerId sender) {
    leader = sender;
    restartElectionTimer();
    promise();
  }

  /// For the shortest election time from now on, lets nobody be elected (thesis §4.2.3).
  void promise() {
    promisedUntil = now + options.electionMinNanos();
  }

  /// Whether a leader was heard so lately that nobody else need be elected.
  boolean isUnderPromise() {
    return now < promisedUntil;
  }

  // The log

  /// Adds an entry of this server's own.
  Entry append(Content content) {
    Entry entry = new Entry(log.lastIndex() + 1, term(), content);
    write(List.of(entry));
    return entry;
  }

  /// Takes over what the leader's log has and this one has not.
  void accept(AppendEntries message) {
    List<Entry> entries = message.entries();
    long first = rules.firstToWrite(log, entries);
    if (!entries.isEmpty() && first <= entries.getLast().index()) {
      if (first <= commitIndex) {
        throw new IllegalStateException(
            "%s: the leader of term %d wants entry %d replaced, which is committed"
                .formatted(id, term(), first));
      }
      write(entries.subList((int) (first - entries.getFirst().index()), entries.size()));
    }
    commitTo(rules.followerCommit(commitIndex, message));
  }

  private void write(List<Entry> entries) {
    log.append(entries);
    memberships.append(entries);
    outbox.write(entries);
  }

  long commitIndex() {
    return commitIndex;
  }

  long lastApplied() {
    return lastApplied;
  }

  /// Whether this server, leading, knows all that is committed.
  boolean knowsCommitted() {
    return rules.knowsCommitted(log, commitIndex, term());
  }

  void commitTo(long index) {
    commitIndex = Math.max(commitIndex, index);
  }

  /// Gives the state machine what has been committed, and those who wait their answers.
  void applyCommitted() {
    while (lastApplied < commitIndex) {
      lastApplied++;
      apply(log.at(lastApplied));
    }
    if (options.snapshotEntries() > 0
        && !awaitsSnapshot
        && lastApplied - log.snapshot().index() >= options.snapshotEntries()
        && knowsClusterAt(lastApplied)) {
      awaitsSnapshot = true;
      outbox.add(new Effect.TakeSnapshot());
    }
  }

  private void apply(Entry entry) {
    Waiting first = waiting.peek();
    if (first == null || first.index() != entry.index()) {
      outbox.add(new Effect.Apply(entry, RequestId.NOBODY));
      return;
    }
    waiting.remove();
    if (first.query().isEmpty()) {
      outbox.add(new Effect.Apply(entry, first.request()));
    } else {
      outbox.add(new Effect.Apply(entry, RequestId.NOBODY));
      outbox.add(new Effect.Query(first.request(), first.query().getFirst()));
    }
  }

  // Requests that wait for entries

  int waitingCount() {
    return waiting.size();
  }

  /// Lets `request` have the state machine's answer to the entry `index`.
  void awaitAnswer(long index, RequestId request) {
    waiting.add(new Waiting(index, request, List.of()));
  }

  /// Lets `request` have the answer to `query` once the entry `index` is applied.
  void awaitQuery(long index, RequestId request, Bytes query) {
    waiting.add(new Waiting(index, request, List.of(query)));
  }

  /// Tells all who wait that nobody can say what becomes of their entries.
  void abandonWaiting() {
    for (Waiting each : waiting) {
      outbox.refuse(each.request(), Response.Refusal.LEADERSHIP_LOST, leader);
    }
    waiting.clear();
  }

  // Snapshots

  Snapshot snapshot() {
    return snapshot;
  }

  /// Lets the state machine's account of itself after the entry `index` replace the log up to it.
  void compact(long index, Bytes state) {
    awaitsSnapshot = false;
    if (index > lastApplied) {
      throw new IllegalArgumentException(
          "%s has applied %d entries and can't have a snapshot of %d"
              .formatted(id, lastApplied, index));
    }
    if (index <= log.snapshot().index() || !knowsClusterAt(index)) {
      return;
    }
    snapshot = new Snapshot(log.positionAt(index), memberships.asOf(index), state);
    log.compactTo(snapshot.last());
    memberships.compactTo(index);
    outbox.add(new Effect.SaveSnapshot(snapshot));
  }

  /// Whether it knows what a snapshot up to `index` must say of the cluster. The first cluster is
  /// in no log: who joined later does not know it, and learns of the next one from the log.
  private boolean knowsClusterAt(long index) {
    return !memberships.asOf(index).equals(Configuration.NONE);
  }

  /// Lets the leader's snapshot, which is ahead of this server, replace the log up to it – and what
  /// comes after, unless it continues the snapshot (Figure 13, steps 6 to 8).
  void install(Snapshot newer) {
    snapshot = newer;
    if (rules.keepsSuffix(log, newer.last())) {
      log.compactTo(newer.last());
      memberships.compactTo(newer.last().index());
    } else {
      log.replaceBy(newer.last());
      memberships.replaceBy(newer);
    }
    commitIndex = newer.last().index();
    lastApplied = commitIndex;
    awaitsSnapshot = false;
    outbox.add(new Effect.SaveSnapshot(newer));
    outbox.add(new Effect.Restore(newer));
  }

  /// Brings the state machine to where the stored snapshot is: it was made anew.
  void restoreStored() {
    if (snapshot.last().index() > 0) {
      outbox.add(new Effect.Restore(snapshot));
    }
  }
}
