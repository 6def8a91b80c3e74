package dev.labrys.raft;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Input.MembershipRequested;
import dev.labrys.raft.Input.Proposed;
import dev.labrys.raft.Input.ReadRequested;
import dev.labrys.raft.Input.TransferRequested;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.ReadIndex;
import dev.labrys.raft.Message.SnapshotReply;
import dev.labrys.raft.Message.TimeoutNow;
import dev.labrys.raft.RaftOptions.Reads;
import dev.labrys.raft.Response.Done;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has its log copied to all others, and finds out what is committed (§5.3).
///
/// Heartbeats and replication are one thing: a message to each peer, with the entries that it
/// lacks, if any. What a step makes necessary is sent when the step [ends][#finish].
final class Leader implements Role {
  private final Server server;
  private final Peers peers;
  private final LeaderReads reads;
  private final MembershipChange change;

  /// The last entry of this term that is stored here: this server's own copy counts no earlier than
  /// anybody's.
  private long ownMatch;

  /// Numbers what was sent.
  private long round;

  private long heartbeatDeadline;
  private boolean isHeartbeatDue = true;
  private @Nullable Transfer transfer;

  /// Whether somebody was told to stand: from then on, promises of voters are worth nothing.
  private boolean hasOffered;

  private Leader(Server server) {
    this.server = server;
    this.peers = new Peers(server.id);
    this.reads = new LeaderReads(server);
    this.change = new MembershipChange(server);
    this.heartbeatDeadline = server.now() + server.options.heartbeatNanos();
  }

  /// Takes over, having been elected.
  static Role begin(Server server) {
    Leader leader = new Leader(server);
    server.lead();
    leader.followMembership();
    if (server.options.hasNoop()) {
      server.append(new Content.Noop());
    }
    return leader.onCommit();
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public RoleName name() {
    return RoleName.LEADER;
  }

  @Override
  public long deadline() {
    return heartbeatDeadline;
  }

  @Override
  public Role onTimer() {
    if (server.now() < heartbeatDeadline) {
      return this;
    }
    if (server.options.hasCheckQuorum() && !hearsQuorum()) {
      return stepDown();
    }
    heartbeatDeadline = server.now() + server.options.heartbeatNanos();
    isHeartbeatDue = true;
    pursueTransfer();
    return this;
  }

  /// Whether a majority has answered lately (thesis §6.2).
  private boolean hearsQuorum() {
    long heard =
        server.rules.replicated(
            server.memberships.current(), peers.numbers(server.now(), Progress::heardNanos));
    return heard + server.options.electionMinNanos() > server.now();
  }

  private Role stepDown() {
    server.applyCommitted();
    resign(ServerId.NOBODY);
    return new Follower(server);
  }

  @Override
  public void resign(ServerId from) {
    server.forgetLeader();
    server.restartElectionTimer();
    server.abandonWaiting();
    reads.abandon();
    change.abandon();
    if (transfer != null) {
      if (transfer.target().equals(from)) {
        server.outbox.add(new Effect.Answer(transfer.request(), new Done()));
      } else {
        server.outbox.refuse(transfer.request(), Refusal.LEADERSHIP_LOST, ServerId.NOBODY);
      }
      transfer = null;
    }
  }

  // Requests

  @Override
  public void onProposed(Proposed request) {
    if (admits(request.request())) {
      Entry entry = server.append(new Content.Command(request.command()));
      server.awaitAnswer(entry.index(), request.request());
    }
  }

  private boolean admits(RequestId request) {
    if (transfer != null) {
      server.outbox.refuse(request, Refusal.TRANSFERRING, server.id);
      return false;
    }
    if (server.waitingCount() >= server.options.waitingRequests()) {
      server.outbox.refuse(request, Refusal.BUSY, server.id);
      return false;
    }
    return true;
  }

  @Override
  public void onRead(ReadRequested request) {
    switch (server.options.reads()) {
      case INDEX, LEASE -> read(new LeaderReads.Reader.Client(request));
      case LOG -> {
        if (admits(request.request())) {
          Entry entry = server.append(new Content.Noop());
          server.awaitQuery(entry.index(), request.request(), request.query());
        }
      }
      case LOCAL -> Role.super.onRead(request);
    }
  }

  private void read(LeaderReads.Reader reader) {
    if (holdsLease()) {
      reads.answer(reader, server.commitIndex());
    } else {
      reads.add(reader, round);
      confirmReads();
    }
  }

  /// Whether a majority has promised, so lately that nobody else can lead yet (thesis §6.4.1).
  private boolean holdsLease() {
    if (server.options.reads() != Reads.LEASE || hasOffered || !server.knowsCommitted()) {
      return false;
    }
    long promised =
        server.rules.replicated(
            server.memberships.current(), peers.numbers(server.now(), Progress::promisedNanos));
    return promised + server.rules.leaseNanos(server.options) > server.now();
  }

  private void confirmReads() {
    if (reads.isEmpty()) {
      return;
    }
    reads.confirmed(
        server.rules.replicated(
            server.memberships.current(), peers.numbers(Long.MAX_VALUE, Progress::ackedRound)));
  }

  @Override
  public void onMembership(MembershipRequested request) {
    if (transfer != null) {
      server.outbox.refuse(request.request(), Refusal.TRANSFERRING, server.id);
    } else {
      change.begin(request);
      followMembership();
    }
  }

  private void followMembership() {
    peers.follow(server.memberships.current(), server.log.lastIndex() + 1, round + 1, server.now());
  }

  @Override
  public void onTransfer(TransferRequested request) {
    if (request.target().equals(server.id)) {
      server.outbox.add(new Effect.Answer(request.request(), new Done()));
    } else if (transfer != null) {
      server.outbox.refuse(request.request(), Refusal.TRANSFERRING, server.id);
    } else if (!server.memberships.current().isVoter(request.target())) {
      server.outbox.refuse(request.request(), Refusal.IMPOSSIBLE, server.id);
    } else {
      long deadline = server.now() + server.options.electionMaxNanos();
      transfer = new Transfer(request.request(), request.target(), deadline);
      pursueTransfer();
    }
  }

  /// Tells the target to stand as soon as it has the whole log, and again in case that got lost.
  private void pursueTransfer() {
    if (transfer == null) {
      return;
    }
    Progress target = peers.find(transfer.target());
    if (target == null || server.now() >= transfer.deadlineNanos()) {
      server.outbox.refuse(transfer.request(), Refusal.TRANSFER_FAILED, server.id);
      transfer = null;
    } else if (target.matchIndex() == server.log.lastIndex()) {
      hasOffered = true;
      server.outbox.send(transfer.target(), new TimeoutNow(server.term()));
    }
  }

  // Answers

  @Override
  public Role onPersisted(Persist write) {
    if (!write.entries().isEmpty() && write.entries().getLast().term() == server.term()) {
      ownMatch = Math.max(ownMatch, write.entries().getLast().index());
      return advanceCommit();
    }
    return this;
  }

  @Override
  public Role onMessage(ServerId from, Message message) {
    if (message instanceof ReadIndex question) {
      read(new LeaderReads.Reader.Peer(from, question));
      return this;
    }
    Progress peer = peers.find(from);
    return peer == null ? this : onReply(peer, message);
  }

  private Role onReply(Progress peer, Message message) {
    return switch (message) {
      case AppendAccepted reply when isAnswer(peer, reply.round()) -> onAccepted(peer, reply);
      case AppendRejected reply when isAnswer(peer, reply.round()) -> onRejected(peer, reply);
      case SnapshotReply reply when isAnswer(peer, reply.round()) -> onArrived(peer, reply);
      default -> this;
    };
  }

  private boolean isAnswer(Progress peer, long answered) {
    if (!peer.isAnswer(answered)) {
      return false;
    }
    peer.heard(answered, server.now());
    confirmReads();
    return true;
  }

  private Role onAccepted(Progress peer, AppendAccepted reply) {
    boolean isNews = peer.accepted(reply.matchIndex());
    if (isNews && transfer != null && peer.peer.equals(transfer.target())) {
      pursueTransfer();
    }
    return isNews ? advanceCommit() : this;
  }

  private Role onRejected(Progress peer, AppendRejected reply) {
    if (peer.isNewRefusal(reply.previousIndex(), reply.round())) {
      long next = server.rules.nextIndex(server.log, reply.previousIndex(), reply.conflict());
      peer.refused(Math.clamp(next, 1, Math.max(1, reply.previousIndex())));
    }
    return this;
  }

  private Role onArrived(Progress peer, SnapshotReply reply) {
    OutgoingSnapshot snapshot = peer.snapshot();
    if (snapshot == null || !snapshot.isAnswer(reply)) {
      return this;
    }
    snapshot.arrived(reply.nextOffset());
    if (!snapshot.isThere()) {
      sendPiece(peer, snapshot);
      return this;
    }
    return peer.accepted(snapshot.lastIndex()) ? advanceCommit() : this;
  }

  /// §5.3 and §5.4.2.
  private Role advanceCommit() {
    long replicated =
        server.rules.replicated(
            server.memberships.current(), peers.numbers(ownMatch, Progress::matchIndex));
    long commit =
        server.rules.leaderCommit(server.commitIndex(), replicated, server.log, server.term());
    if (commit == server.commitIndex()) {
      return this;
    }
    server.commitTo(commit);
    return onCommit();
  }

  /// What a commit, or the start of a term, sets going.
  private Role onCommit() {
    if (server.knowsCommitted()) {
      reads.onCommitKnown(round);
      confirmReads();
    }
    if (change.onCommit()) {
      followMembership();
      return advanceCommit();
    }
    boolean isRemoved = !server.isVoter() && change.isDone();
    return isRemoved ? stepDown() : this;
  }

  // Messages

  @Override
  public void finish() {
    long roundBefore = round;
    boolean isForAll = isHeartbeatDue || reads.wantsRound();
    for (Progress peer : peers.all()) {
      replicate(peer);
      if (isForAll && peer.lastRound() <= roundBefore) {
        beat(peer);
      }
    }
    if (isForAll) {
      isHeartbeatDue = false;
      heartbeatDeadline = server.now() + server.options.heartbeatNanos();
      reads.roundSent(roundBefore + 1);
    }
  }

  /// Sends the entries that `peer` lacks, as far as it may have more on their way.
  private void replicate(Progress peer) {
    while (peer.nextIndex() <= server.log.lastIndex() && peer.maySend(server.options.pipeline())) {
      if (peer.nextIndex() <= server.log.snapshot().index()) {
        sendPiece(peer, peer.sendFirst(server.snapshot()));
        return;
      }
      List<Entry> entries =
          server.log.from(
              peer.nextIndex(), server.options.batchEntries(), server.options.batchBytes());
      append(peer, entries);
      peer.sentEntries(entries.getLast().index());
    }
  }

  /// Sends a message without entries – or once more the piece of a snapshot, which says as well
  /// that the leader is there.
  private void beat(Progress peer) {
    OutgoingSnapshot snapshot = peer.snapshot();
    if (snapshot != null) {
      sendPiece(peer, snapshot);
    } else if (peer.nextIndex() <= server.log.snapshot().index()) {
      sendPiece(peer, peer.sendFirst(server.snapshot()));
    } else {
      append(peer, List.of());
    }
  }

  private void append(Progress peer, List<Entry> entries) {
    round++;
    peer.sent(round, server.now());
    LogPosition previous = server.log.positionAt(peer.nextIndex() - 1);
    server.outbox.sendAtOnce(
        peer.peer,
        new AppendEntries(server.term(), previous, entries, server.commitIndex(), round));
  }

  private void sendPiece(Progress peer, OutgoingSnapshot snapshot) {
    round++;
    peer.sent(round, server.now());
    server.outbox.send(
        peer.peer, snapshot.piece(server.term(), server.options.snapshotChunkBytes(), round));
  }
}
