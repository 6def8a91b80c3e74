package dev.labrys.raft;

import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.Set;
import java.util.TreeSet;

/// Missed its leader, and asks whether it could win an election before it disturbs anybody with a
/// new term (thesis §9.6).
final class PreCandidate implements Role {
  private final Server server;
  private final Set<ServerId> votes = new TreeSet<>();

  private PreCandidate(Server server) {
    this.server = server;
  }

  /// Stands for election – without asking first, if the options say so or nobody else votes.
  static Role stand(Server server) {
    if (!server.options.hasPreVote()) {
      return Candidate.stand(server, Campaign.ELECTION);
    }
    server.forgetLeader();
    server.restartElectionTimer();
    PreCandidate role = new PreCandidate(server);
    role.votes.add(server.id);
    if (role.isSure()) {
      return Candidate.stand(server, Campaign.ELECTION);
    }
    Voter.canvass(server, server.term() + 1, Campaign.PRE_VOTE);
    return role;
  }

  private boolean isSure() {
    return server.rules.isElected(server.memberships.current(), votes::contains);
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public RoleName name() {
    return RoleName.PRE_CANDIDATE;
  }

  @Override
  public long deadline() {
    return server.electionDeadline();
  }

  @Override
  public Role onTimer() {
    return server.now() >= deadline() ? stand(server) : this;
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
    boolean isAnswer = reply.campaign() == Campaign.PRE_VOTE && reply.asked() == server.term() + 1;
    if (isAnswer && reply.isGranted()) {
      votes.add(from);
    }
    return isSure() ? Candidate.stand(server, Campaign.ELECTION) : this;
  }
}
