package dev.labrys.raft;

import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.VoteReply;

/// How a server answers those who want to be elected, whatever its own role.
final class Voter {

  private Voter() {}

  /// Whether `request` is to be kept from a cluster that has a leader: somebody who does not hear
  /// it – or was removed – must not depose it (§6, thesis §4.2.3 and §9.6).
  static boolean isDisturbance(Role role, RequestVote request) {
    Server server = role.server();
    boolean hasLeader = role instanceof Leader || server.isUnderPromise();
    return hasLeader
        && switch (request.campaign()) {
          case PRE_VOTE -> true;
          case ELECTION -> server.options.hasCheckQuorum();
          case TRANSFER -> false;
        };
  }

  /// Answers a request of the server's own term or an earlier one.
  static Role vote(Role role, ServerId from, RequestVote request) {
    Server server = role.server();
    boolean isGranted =
        request.term() == server.term()
            && server.rules.grantsVote(
                server.outbox.state(), server.log.last(), from, request.last());
    if (isGranted && !server.votedFor().equals(from)) {
      server.vote(from);
    }
    reply(server, from, request, isGranted);
    if (!isGranted) {
      return role;
    }
    server.restartElectionTimer();
    return role instanceof Follower ? role : new Follower(server);
  }

  /// Says what the answer would be, and changes nothing (thesis §9.6).
  static void preVote(Role role, ServerId from, RequestVote request) {
    Server server = role.server();
    boolean isGranted =
        request.term() > server.term()
            && !isDisturbance(role, request)
            && request.last().compareTo(server.log.last()) >= 0;
    reply(server, from, request, isGranted);
  }

  private static void reply(Server server, ServerId from, RequestVote request, boolean isGranted) {
    server.outbox.send(
        from, new VoteReply(server.term(), request.term(), request.campaign(), isGranted));
  }

  /// Asks all other voters.
  static void canvass(Server server, long term, Campaign campaign) {
    RequestVote request = new RequestVote(term, server.log.last(), campaign);
    for (ServerId each : server.memberships.current().members()) {
      if (!each.equals(server.id) && server.memberships.current().isVoter(each)) {
        server.outbox.send(each, request);
      }
    }
  }
}
