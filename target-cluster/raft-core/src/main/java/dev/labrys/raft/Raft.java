package dev.labrys.raft;

import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.Conflict;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.ReadIndex;
import dev.labrys.raft.Message.ReadIndexReply;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.SnapshotReply;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.RaftOptions.Reads;
import java.util.List;
import java.util.random.RandomGenerator;

/// A server that follows the Raft protocol.
///
/// This is the part that all roles share: terms (§5.1). The rest is in [Follower], [PreCandidate],
/// [Candidate] and [Leader], what they decide in [Rules], and what they have in [Server].
public final class Raft implements Replica {
  private final Server server;
  private Role role;

  private Raft(Server server) {
    this.server = server;
    this.role = new Follower(server);
  }

  /// The server `id`, with what its disk holds.
  ///
  /// @param random where election timeouts are drawn from
  public static Replica open(
      ServerId id, RaftOptions options, Rules rules, Stored stored, RandomGenerator random) {
    return new Raft(new Server(id, options, rules, stored, random));
  }

  @Override
  public List<Effect> step(long nowNanos, Input input) {
    server.now(nowNanos);
    tell(input);
    role.finish();
    server.applyCommitted();
    return server.outbox.drain(role.deadline());
  }

  private void tell(Input input) {
    switch (input) {
      case Input.Started _ -> start();
      case Input.TimerFired _ -> role = role.onTimer();
      case Input.Received(ServerId from, Message message) -> receive(from, message);
      case Input.Persisted(Effect.Persist write) -> role = role.onPersisted(write);
      case Input.Proposed request -> role.onProposed(request);
      case Input.ReadRequested request -> role.onRead(request);
      case Input.MembershipRequested request -> role.onMembership(request);
      case Input.TransferRequested request -> role.onTransfer(request);
      case Input.SnapshotTaken(long index, Bytes state) -> server.compact(index, state);
      case Input.Together(List<Input> inputs) -> {
        for (Input each : inputs) {
          tell(each);
          // Whoever waits for what is committed by now has to hear it, whatever comes next.
          server.applyCommitted();
        }
      }
    }
  }

  private void start() {
    server.restoreStored();
    server.restartElectionTimer();
    if (server.options.reads() == Reads.LEASE) {
      // It may have promised something just before it ended.
      server.promise();
    }
  }

  private void receive(ServerId from, Message message) {
    if (message instanceof RequestVote request) {
      answer(from, request);
      return;
    }
    if (message.term() > server.term()) {
      enterTerm(message.term(), from);
    }
    if (message.term() == server.term() || isOfPreVote(message)) {
      role = role.onMessage(from, message);
    } else {
      refuse(from, message);
    }
  }

  private void answer(ServerId from, RequestVote request) {
    if (request.campaign() == Campaign.PRE_VOTE) {
      Voter.preVote(role, from, request);
      return;
    }
    if (request.term() > server.term()) {
      if (Voter.isDisturbance(role, request)) {
        return;
      }
      enterTerm(request.term(), from);
    }
    role = Voter.vote(role, from, request);
  }

  /// Whoever learns of a later term enters it, and leads no more (§5.1).
  private void enterTerm(long term, ServerId from) {
    role.resign(from);
    server.enterTerm(term);
    role = new Follower(server);
  }

  /// Those who grant a pre-vote may be in an earlier term, and stay there.
  private static boolean isOfPreVote(Message message) {
    return message instanceof VoteReply reply && reply.campaign() == Campaign.PRE_VOTE;
  }

  /// Tells a sender of an earlier term about this one (§5.1). Late answers matter to nobody.
  private void refuse(ServerId from, Message message) {
    long last = server.log.lastIndex();
    switch (message) {
      case AppendEntries append ->
          server.outbox.send(
              from,
              new AppendRejected(
                  server.term(),
                  append.round(),
                  append.previous().index(),
                  new Conflict(0, last + 1, last)));
      case InstallSnapshot piece ->
          server.outbox.send(
              from, new SnapshotReply(server.term(), piece.last(), 0, piece.round()));
      case ReadIndex question ->
          server.outbox.send(
              from, new ReadIndexReply(server.term(), question.read(), ReadIndexReply.REFUSED));
      default -> {}
    }
  }

  @Override
  public Status status() {
    return new Status(
        server.id,
        role.name(),
        server.term(),
        server.votedFor(),
        server.leader(),
        server.commitIndex(),
        server.lastApplied(),
        server.log.last(),
        server.memberships.current());
  }

  @Override
  public LogView log() {
    return server.log;
  }
}
