package dev.labrys.raft;

import dev.labrys.raft.Input.ReadRequested;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.ReadIndexReply;
import dev.labrys.raft.Message.SnapshotReply;
import dev.labrys.raft.Message.TimeoutNow;
import dev.labrys.raft.Status.RoleName;
import org.jspecify.annotations.Nullable;

/// Does what the leader of its term says, and waits for one to appear (§5.2).
final class Follower implements Role {
  private final Server server;
  private final FollowerReads reads;
  private @Nullable IncomingSnapshot incoming;

  Follower(Server server) {
    this.server = server;
    this.reads = new FollowerReads(server);
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public RoleName name() {
    return RoleName.FOLLOWER;
  }

  @Override
  public long deadline() {
    return Math.min(server.electionDeadline(), reads.deadline());
  }

  @Override
  public Role onTimer() {
    if (server.now() < server.electionDeadline()) {
      return this;
    }
    reads.abandon();
    return PreCandidate.stand(server);
  }

  @Override
  public Role onMessage(ServerId from, Message message) {
    switch (message) {
      case AppendEntries append -> onAppend(from, append);
      case InstallSnapshot piece -> onPiece(from, piece);
      case ReadIndexReply reply -> reads.onReply(reply);
      case TimeoutNow _ -> {
        if (server.isVoter() && from.equals(server.leader())) {
          reads.abandon();
          return Candidate.stand(server, Campaign.TRANSFER);
        }
      }
      default -> {}
    }
    return this;
  }

  /// §5.3 and Figure 2, AppendEntries RPC.
  private void onAppend(ServerId from, AppendEntries append) {
    server.hear(from);
    LogPosition previous = append.previous();
    if (!server.rules.hasPrevious(server.log, previous)) {
      server.outbox.send(
          from,
          new AppendRejected(
              server.term(),
              append.round(),
              previous.index(),
              server.rules.conflict(server.log, previous.index())));
      return;
    }
    server.accept(append);
    server.outbox.send(from, new AppendAccepted(server.term(), append.round(), append.lastIndex()));
  }

  /// §7 and Figure 13. Pieces come in order, as the leader sends the next one when it knows that
  /// the one before has arrived.
  private void onPiece(ServerId from, InstallSnapshot piece) {
    server.hear(from);
    if (piece.last().index() <= server.commitIndex()) {
      incoming = null;
      replyToPiece(from, piece, piece.size());
      return;
    }
    if (incoming == null || !incoming.isOf(piece)) {
      incoming = new IncomingSnapshot(piece);
    }
    incoming.add(piece);
    if (incoming.isComplete()) {
      server.install(incoming.snapshot());
      incoming = null;
      replyToPiece(from, piece, piece.size());
    } else {
      replyToPiece(from, piece, incoming.length());
    }
  }

  private void replyToPiece(ServerId from, InstallSnapshot piece, int nextOffset) {
    server.outbox.send(
        from, new SnapshotReply(server.term(), piece.last(), nextOffset, piece.round()));
  }

  @Override
  public void onRead(ReadRequested request) {
    switch (server.options.reads()) {
      case INDEX, LEASE -> reads.ask(request);
      case LOG, LOCAL -> Role.super.onRead(request);
    }
  }

  @Override
  public void finish() {
    reads.serve();
  }

  @Override
  public void resign(ServerId from) {
    reads.abandon();
  }
}
