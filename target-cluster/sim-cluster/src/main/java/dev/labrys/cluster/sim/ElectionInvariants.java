package dev.labrys.cluster.sim;

import dev.labrys.raft.HardState;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// What must hold of terms, votes and leaders: [Invariant#ELECTION_SAFETY],
/// [Invariant#MONOTONE_TERM] and [Invariant#VOTE_DURABILITY].
final class ElectionInvariants {
  /// How many terms back a leader is remembered.
  private static final int REMEMBERED_TERMS = 1 << 12;

  private final Violations violations;
  private final ByServer<Voter> voters = new ByServer<>(Voter::new);
  private final long[] terms = new long[REMEMBERED_TERMS];
  private final ServerId[] leaders = new ServerId[REMEMBERED_TERMS];
  private long latestLeaderTerm;

  ElectionInvariants(Violations violations) {
    this.violations = violations;
    Arrays.fill(leaders, ServerId.NOBODY);
  }

  /// A server, as far as elections go. What it keeps in memory is reset when it starts; what it
  /// said to others is not.
  private static final class Voter {
    private final ServerId id;
    private boolean isUp;
    private long term;
    private long ledTerm;
    private long storedTerm;
    private ServerId storedVote = ServerId.NOBODY;
    private long saidTerm;
    private long votedTerm;
    private ServerId votedFor = ServerId.NOBODY;
    private long standsIn;
    private final BitSet votes = new BitSet();

    private Voter(ServerId id) {
      this.id = id;
    }
  }

  void started(ServerId server, Stored stored) {
    Voter voter = voters.of(server);
    HardState state = stored.state();
    if (state.term() < voter.votedTerm
        || (state.term() == voter.votedTerm && !state.votedFor().equals(voter.votedFor))) {
      throw violations.of(
          Invariant.VOTE_DURABILITY,
          server,
          "%s voted for %s in term %d, and starts in term %d with its vote for %s",
          server,
          voter.votedFor,
          voter.votedTerm,
          state.term(),
          state.votedFor());
    }
    if (state.term() < voter.saidTerm) {
      throw violations.of(
          Invariant.MONOTONE_TERM,
          server,
          "%s has spoken in term %d, and starts in term %d",
          server,
          voter.saidTerm,
          state.term());
    }
    voter.isUp = true;
    voter.term = state.term();
    voter.ledTerm = 0;
    voter.storedTerm = state.term();
    voter.storedVote = state.votedFor();
  }

  void crashed(ServerId server) {
    voters.of(server).isUp = false;
  }

  /// Its disk is a new one.
  void replaced(ServerId server) {
    Voter voter = voters.of(server);
    voter.saidTerm = 0;
    voter.votedTerm = 0;
    voter.votedFor = ServerId.NOBODY;
  }

  /// Whether by this step the server has become a leader.
  boolean hasBecomeLeader(Status status) {
    Voter voter = voters.of(status.id());
    if (status.term() < voter.term) {
      throw violations.of(
          Invariant.MONOTONE_TERM,
          voter.id,
          "%s went from term %d back to term %d",
          voter.id,
          voter.term,
          status.term());
    }
    voter.term = status.term();
    if (status.role() != Status.RoleName.LEADER || voter.ledTerm == status.term()) {
      return false;
    }
    requireOnlyLeader(voter, status.term());
    requireMajority(voter, status);
    voter.ledTerm = status.term();
    latestLeaderTerm = Math.max(latestLeaderTerm, status.term());
    return true;
  }

  private void requireOnlyLeader(Voter voter, long term) {
    int slot = (int) term & (REMEMBERED_TERMS - 1);
    if (terms[slot] == term) {
      throw violations.between(
          Invariant.ELECTION_SAFETY,
          List.of(voter.id, leaders[slot]),
          "%s becomes leader of term %d, in which %s was elected already",
          voter.id,
          term,
          leaders[slot]);
    }
    if (terms[slot] < term) {
      terms[slot] = term;
      leaders[slot] = voter.id;
    }
  }

  private void requireMajority(Voter candidate, Status status) {
    boolean stands = candidate.standsIn == status.term();
    if (!Majority.of(
        status.configuration(),
        voter -> voter.equals(candidate.id) || (stands && candidate.votes.get(voter.number())))) {
      throw violations.of(
          Invariant.ELECTION_SAFETY,
          candidate.id,
          "%s becomes leader of term %d of %s with no more votes than its own and those of %s",
          candidate.id,
          status.term(),
          status.configuration(),
          stands ? candidate.votes : "nobody");
    }
  }

  /// The server is about to send something that only the leader of its term may say.
  void leads(ServerId server, Message message) {
    Voter voter = voters.of(server);
    if (voter.ledTerm != message.term() || voter.term != message.term()) {
      throw violations.of(
          Invariant.ELECTION_SAFETY,
          server,
          "%s, which does not lead in term %d, speaks as if it did: %s",
          server,
          message.term(),
          message);
    }
  }

  /// The server's disk has a new state.
  void stored(ServerId server, HardState state) {
    Voter voter = voters.of(server);
    if (state.term() == voter.storedTerm) {
      if (!state.votedFor().equals(voter.storedVote) && !voter.storedVote.equals(ServerId.NOBODY)) {
        throw violations.of(
            Invariant.VOTE_DURABILITY,
            server,
            "%s had stored its vote for %s in term %d, and stores %s instead",
            server,
            voter.storedVote,
            state.term(),
            state.votedFor());
      }
    } else if (state.term() < voter.storedTerm) {
      throw violations.of(
          Invariant.MONOTONE_TERM,
          server,
          "%s had stored term %d, and stores term %d instead",
          server,
          voter.storedTerm,
          state.term());
    }
    voter.storedTerm = state.term();
    voter.storedVote = state.votedFor();
  }

  /// A message is on its way.
  void sent(ServerId server, ServerId to, Message message) {
    if (message instanceof Message.RequestVote request
        && request.campaign() == Message.Campaign.PRE_VOTE) {
      return;
    }
    Voter voter = voters.of(server);
    long term = message.term();
    voter.saidTerm = Math.max(voter.saidTerm, term);
    if (term > voter.storedTerm) {
      throw violations.of(
          Invariant.MONOTONE_TERM,
          server,
          "%s speaks in term %d, and has stored only term %d: %s",
          server,
          term,
          voter.storedTerm,
          message);
    }
    if (message instanceof Message.RequestVote) {
      votes(voter, term, voter);
    } else if (message instanceof Message.VoteReply reply
        && reply.isGranted()
        && reply.campaign() != Message.Campaign.PRE_VOTE) {
      votes(voter, reply.asked(), voters.of(to));
    }
  }

  private void votes(Voter voter, long term, Voter candidate) {
    if (term == voter.votedTerm && !candidate.id.equals(voter.votedFor)) {
      throw violations.between(
          Invariant.VOTE_DURABILITY,
          List.of(voter.id, candidate.id, voter.votedFor),
          "%s votes for %s in term %d, after it voted for %s",
          voter.id,
          candidate.id,
          term,
          voter.votedFor);
    }
    if (term < voter.votedTerm) {
      throw violations.of(
          Invariant.VOTE_DURABILITY,
          voter.id,
          "%s votes for %s in term %d, after it voted in term %d",
          voter.id,
          candidate.id,
          term,
          voter.votedTerm);
    }
    if (voter.storedTerm == term && !voter.storedVote.equals(candidate.id)) {
      throw violations.of(
          Invariant.VOTE_DURABILITY,
          voter.id,
          "%s votes for %s in term %d, and has stored a vote for %s",
          voter.id,
          candidate.id,
          term,
          voter.storedVote);
    }
    voter.votedTerm = term;
    voter.votedFor = candidate.id;
    if (candidate.standsIn < term) {
      candidate.standsIn = term;
      candidate.votes.clear();
    }
    if (candidate.standsIn == term) {
      candidate.votes.set(voter.id.number());
    }
  }

  /// Whether the server was elected in the term it is in, and has not been down since. It may have
  /// stepped down by now.
  boolean wasElected(ServerId server) {
    return leadsIn(server) != 0;
  }

  /// The term that the server was elected in and is still in, or 0.
  long leadsIn(ServerId server) {
    Voter voter = voters.of(server);
    return voter.isUp && voter.ledTerm == voter.term ? voter.term : 0;
  }

  /// The latest term somebody was elected in.
  long latestLeaderTerm() {
    return latestLeaderTerm;
  }
}
