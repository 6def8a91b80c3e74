package dev.labrys.raft;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.Set;
import java.util.TreeSet;

/// Wants to lead a new term, and counts who votes for it (§5.2).
final class Candidate implements Role {
  private final Server server;
  private final Set<ServerId> votes = new TreeSet<>();

  private Candidate(Server server) {
    this.server = server;
  }

  /// Begins an election. Its own vote counts when it is stored, as anybody's does.
  static Role stand(Server server, Campaign campaign) {
    server.standInNextTerm();
    server.restartElectionTimer();
    Voter.canvass(server, server.term(), campaign);
    return new Candidate(server);
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public RoleName name() {
    return RoleName.CANDIDATE;
  }

  @Override
  public long deadline() {
    return server.electionDeadline();
  }

  @Override
  public Role onTimer() {
    return server.now() >= deadline() ? PreCandidate.stand(server) : this;
  }

  @Override
  public Role onPersisted(Persist write) {
    boolean isOwnVote =
        write.state().term() == server.term() && write.state().votedFor().equals(server.id);
    return isOwnVote ? count(server.id) : this;
  }

  @Override
  public Role onMessage(ServerId from, Message message) {
    return switch (message) {
      case AppendEntries _, InstallSnapshot _ -> new Follower(server).onMessage(from, message);
      case VoteReply reply -> onReply(from, reply);
      default -> this;
    };
  }

  private Role onReply(ServerId from, VoteReply reply) {
    boolean isAnswer = reply.campaign() != Campaign.PRE_VOTE && reply.asked() == server.term();
    return isAnswer && reply.isGranted() ? count(from) : this;
  }

  private Role count(ServerId voter) {
    votes.add(voter);
    return server.rules.isElected(server.memberships.current(), votes::contains)
        ? Leader.begin(server)
        : this;
  }
}
