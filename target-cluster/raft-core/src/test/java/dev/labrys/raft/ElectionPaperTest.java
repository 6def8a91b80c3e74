package dev.labrys.raft;

import static dev.labrys.raft.Subject.MILLI;
import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.N4;
import static dev.labrys.raft.Subject.N5;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// §5.2 and §5.4.1 of the paper, and the rules of Figure 2 for elections.
final class ElectionPaperTest {

  /// §5.2: "When servers start up, they begin as followers."
  @Test
  void aServerStartsAsAFollower() {
    Subject n1 = Subject.fresh(PLAIN, 3);

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isZero();
    assertThat(n1.status().leader()).isEqualTo(ServerId.NOBODY);
  }

  /// §5.2: "If a follower receives no communication over a period of time called the election
  /// timeout, then it assumes there is no viable leader and begins an election to choose a new
  /// leader. To begin an election, a follower increments its current term and transitions to
  /// candidate state. It then votes for itself and issues RequestVote RPCs in parallel to each of
  /// the other servers in the cluster."
  @Test
  void aFollowerThatHearsNobodyStandsForElection() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.stand();

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(n1.stored().state()).isEqualTo(new HardState(5, N1));
    RequestVote request = new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION);
    assertThat(Subject.messages(effects, N2)).containsExactly(request);
    assertThat(Subject.messages(effects, N3)).containsExactly(request);
    assertThat(Subject.messages(effects, N1)).isEmpty();
  }

  /// §5.2: nothing happens before the election timeout is over.
  @Test
  void aFollowerWaitsForAtLeastTheShortestElectionTimeout() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    n1.advance(PLAIN.electionMinNanos() - 1);

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(4);
  }

  /// §5.2: "A server remains in follower state as long as it receives valid RPCs from a leader or
  /// candidate." Here, from a leader.
  @Test
  void aFollowerThatHearsItsLeaderRemainsOne() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    for (int beat = 0; beat < 20; beat++) {
      n1.advance(PLAIN.electionMinNanos() - 1);
      n1.receive(N2, new AppendEntries(4, LogPosition.ZERO, List.of(), 0, beat));
    }

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(4);
    assertThat(n1.status().leader()).isEqualTo(N2);
  }

  /// §5.2: "A server remains in follower state as long as it receives valid RPCs from a leader or
  /// candidate." Here, from candidates it votes for.
  @Test
  void aFollowerThatVotesRemainsOne() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    for (int term = 5; term < 15; term++) {
      n1.advance(PLAIN.electionMinNanos() - 1);
      n1.receive(N2, new RequestVote(term, new LogPosition(2, 4), Campaign.ELECTION));
    }

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(14);
  }

  /// Figure 2, followers: only "granting vote to candidate" makes it wait anew. A candidate that
  /// can't win must not keep others from standing.
  @Test
  void aRefusedVoteDoesNotKeepAFollowerFromStanding() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    long timer = n1.timerInNanos();

    n1.advance(10 * MILLI);
    n1.receive(N2, new RequestVote(5, new LogPosition(9, 3), Campaign.ELECTION));

    assertThat(n1.timerInNanos()).isEqualTo(timer - 10 * MILLI);
  }

  /// Figure 2, followers: only "AppendEntries RPC from current leader" makes it wait anew.
  @Test
  void theLeaderOfAnEarlierTermDoesNotKeepAFollowerFromStanding() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    long timer = n1.timerInNanos();

    n1.advance(10 * MILLI);
    n1.receive(N2, new AppendEntries(3, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(n1.timerInNanos()).isEqualTo(timer - 10 * MILLI);
  }

  /// §5.2: "A candidate wins an election if it receives votes from a majority of the servers in the
  /// full cluster for the same term."
  @ParameterizedTest
  @CsvSource({"2,1", "3,1", "4,2", "5,2", "6,3", "7,3"})
  void aMajorityElectsALeader(int servers, int othersNeeded) {
    Subject n1 = Subject.candidate(PLAIN, servers, 4, "1,4");

    for (int other = 1; other < othersNeeded; other++) {
      n1.receive(new ServerId(1 + other), Subject.vote(5, true));
    }
    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    n1.receive(new ServerId(1 + othersNeeded), Subject.vote(5, true));

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    assertThat(n1.term()).isEqualTo(5);
    assertThat(n1.status().leader()).isEqualTo(N1);
  }

  /// A cluster of one has its majority at once – but not before its vote is stored.
  @Test
  void aServerAloneElectsItself() {
    Subject n1 = Subject.fresh(PLAIN, 1);

    n1.stand();

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    assertThat(n1.stored().state()).isEqualTo(new HardState(1, N1));
  }

  @Test
  void refusedVotesDoNotCount() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    n1.receive(N2, Subject.vote(5, false));
    n1.receive(N3, Subject.vote(5, false));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
  }

  /// §5.2: votes are of servers: one that answers twice, or whose answer comes twice, votes once.
  @Test
  void aVoterCountsOnce() {
    Subject n1 = Subject.candidate(PLAIN, 5, 4, "1,4");

    n1.receive(N2, Subject.vote(5, true));
    n1.receive(N2, Subject.vote(5, true));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
  }

  /// §5.2: votes must be "for the same term". Nor does a vote of an earlier election count that is
  /// said in a later term.
  @Test
  void votesOfAnEarlierElectionDoNotCount() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");
    n1.stand();
    assertThat(n1.term()).isEqualTo(6);

    n1.receive(N2, new VoteReply(5, 5, Campaign.ELECTION, true));
    n1.receive(N3, new VoteReply(6, 5, Campaign.ELECTION, true));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
  }

  /// A vote that comes late, when the server has become a follower of the same term, changes
  /// nothing.
  @Test
  void votesForWhoStandsNoMoreDoNotCount() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");
    n1.receive(N2, new AppendEntries(5, LogPosition.ZERO, List.of(), 0, 1));

    n1.receive(N3, Subject.vote(5, true));

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.status().leader()).isEqualTo(N2);
  }

  /// Somebody who is no member votes for nobody.
  @Test
  void votesOfStrangersDoNotCount() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    n1.receive(N4, Subject.vote(5, true));
    n1.receive(N5, Subject.vote(5, true));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
  }

  /// §5.2: "Each server will vote for at most one candidate in a given term, on a
  /// first-come-first-served basis."
  @Test
  void aServerVotesForTheFirstWhoAsks() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    RequestVote request = new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION);

    Message first = n1.reply(N2, request);
    Message second = n1.reply(N3, request);

    assertThat(first).isEqualTo(Subject.vote(5, true));
    assertThat(second).isEqualTo(Subject.vote(5, false));
    assertThat(n1.stored().state()).isEqualTo(new HardState(5, N2));
  }

  /// Figure 2, RequestVote: "If votedFor is null or candidateId, … grant vote." The same candidate
  /// that asks again is answered again: its first answer may be lost (§5.5).
  @Test
  void aCandidateThatAsksAgainIsAnsweredAgain() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    RequestVote request = new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION);
    n1.receive(N2, request);

    assertThat(n1.reply(N2, request)).isEqualTo(Subject.vote(5, true));
  }

  /// Figure 2: votedFor is "updated on stable storage before responding to RPCs".
  @Test
  void aVoteIsStoredBeforeItIsGiven() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    RequestVote request = new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION);

    List<Effect> before = n1.tellWithSlowDisk(new Input.Received(N2, request));
    List<Effect> after = n1.diskCatchesUp();

    assertThat(Subject.messages(before, N2)).isEmpty();
    assertThat(after)
        .startsWith(
            new Persist(new HardState(5, N2), List.of()),
            new Effect.Send(N2, Subject.vote(5, true)));
  }

  /// Figure 2: a vote outlives a crash, so nobody votes twice in a term.
  @Test
  void aVoteOutlivesACrash() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    RequestVote request = new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION);
    n1.receive(N2, request);

    n1.restart();

    assertThat(n1.reply(N3, request)).isEqualTo(Subject.vote(5, false));
    assertThat(n1.reply(N2, request)).isEqualTo(Subject.vote(5, true));
  }

  /// Its own vote is a vote like any other: it counts when it would survive a crash, and only then
  /// may a candidate ask for others.
  @Test
  void aCandidatesOwnVoteIsStoredBeforeItAsksForOthers() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.stand();

    assertThat(effects.getFirst()).isEqualTo(new Persist(new HardState(5, N1), List.of()));
    assertThat(effects).anyMatch(Effect.Send.class::isInstance);
  }

  /// §5.2: "Once a candidate wins an election, it becomes leader. It then sends heartbeat messages
  /// to all of the other servers to establish its authority and prevent new elections."
  @Test
  void aNewLeaderTellsEverybodyAtOnce() {
    Subject n1 = Subject.candidate(PLAIN, 5, 4, "1,4");
    n1.receive(N2, Subject.vote(5, true));

    List<Effect> effects = n1.receive(N3, Subject.vote(5, true));

    for (ServerId other : List.of(N2, N3, N4, N5)) {
      assertThat(Subject.messages(effects, other, AppendEntries.class))
          .singleElement()
          .satisfies(beat -> assertThat(beat.term()).isEqualTo(5))
          .satisfies(beat -> assertThat(beat.previous()).isEqualTo(new LogPosition(2, 4)))
          .satisfies(beat -> assertThat(beat.entries()).isEmpty());
    }
  }

  /// §5.2: "Leaders send periodic heartbeats (AppendEntries RPCs that carry no log entries) to all
  /// followers in order to maintain their authority."
  @Test
  void aLeaderSaysSoAgainAndAgain() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.advance(10 * PLAIN.heartbeatNanos());

    for (ServerId other : List.of(N2, N3)) {
      assertThat(Subject.messages(effects, other, AppendEntries.class)).hasSize(10);
    }
  }

  /// §5.2: "If the leader's term (included in its RPC) is at least as large as the candidate's
  /// current term, then the candidate recognizes the leader as legitimate and returns to follower
  /// state."
  @ParameterizedTest
  @CsvSource({"5", "6"})
  void aCandidateRecognisesALeader(long term) {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    Message reply = n1.reply(N2, new AppendEntries(term, new LogPosition(2, 4), List.of(), 0, 1));

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(term);
    assertThat(n1.status().leader()).isEqualTo(N2);
    assertThat(reply).isEqualTo(new AppendAccepted(term, 1, 2));
  }

  /// A leader that sends a snapshot is a leader, too.
  @Test
  void aCandidateRecognisesALeaderThatSendsASnapshot() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    n1.receive(
        N2,
        new InstallSnapshot(
            5, new LogPosition(7, 4), Configuration.ofVoters(3), 0, Bytes.of("a"), 2, 1));

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.status().leader()).isEqualTo(N2);
  }

  /// §5.2: "If the term in the RPC is smaller than the candidate's current term, then the candidate
  /// rejects the RPC and continues in candidate state."
  @Test
  void aCandidateRejectsTheLeaderOfAnEarlierTerm() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    Message reply = n1.reply(N2, new AppendEntries(4, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(reply.term()).isEqualTo(5);
    assertThat(reply).isNotInstanceOf(AppendAccepted.class);
  }

  /// §5.2: "When this happens, each candidate will time out and start a new election by
  /// incrementing its term and initiating another round of RequestVote RPCs."
  @Test
  void aCandidateThatDoesNotWinStandsAgain() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.stand();

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(n1.stored().state()).isEqualTo(new HardState(6, N1));
    assertThat(Subject.messages(effects, N2))
        .containsExactly(new RequestVote(6, new LogPosition(2, 4), Campaign.ELECTION));
  }

  /// §5.2: "Election timeouts are chosen randomly from a fixed interval … Each candidate restarts
  /// its randomized election timeout at the start of an election."
  @Test
  void everyWaitIsDrawnAnewFromTheInterval() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    TreeSet<Long> waits = new TreeSet<>();

    for (int election = 0; election < 100; election++) {
      waits.add(n1.timerInNanos());
      n1.stand();
    }

    assertThat(waits).hasSizeGreaterThan(95);
    assertThat(waits.first()).isGreaterThanOrEqualTo(PLAIN.electionMinNanos());
    assertThat(waits.last()).isLessThanOrEqualTo(PLAIN.electionMaxNanos());
    assertThat(waits.last() - waits.first())
        .isGreaterThan((PLAIN.electionMaxNanos() - PLAIN.electionMinNanos()) * 8 / 10);
  }

  /// §5.4.1: "the voter denies its vote if its own log is more up-to-date than that of the
  /// candidate … If the logs have last entries with different terms, then the log with the later
  /// term is more up-to-date. If the logs end with the same term, then whichever log is longer is
  /// more up-to-date."
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // mine | index and term of the candidate's last entry | does it get the vote?
        "1,1   | 2 | 1 | true",
        "1,1   | 1 | 2 | true",
        "1,1   | 2 | 2 | true",
        "1     | 2 | 1 | true",
        "1,1   | 1 | 1 | false",
        "1,2   | 1 | 1 | false",
        "1,1,2 | 2 | 2 | false",
        "2     | 2 | 1 | false",
        "1     | 9 | 1 | true",
        "2     | 9 | 1 | false",
        "1,1,1 | 1 | 2 | true",
        "''    | 0 | 0 | true",
        "1     | 0 | 0 | false",
      })
  void aVoterWantsACandidateThatHasAllItHas(String mine, long index, long term, boolean isGranted) {
    Subject n1 = Subject.follower(PLAIN, 3, 2, mine);
    RequestVote request = new RequestVote(3, new LogPosition(index, term), Campaign.ELECTION);

    assertThat(n1.reply(N2, request)).isEqualTo(Subject.vote(3, isGranted));
  }

  /// A refusal leaves the vote free for a better candidate of the same term.
  @Test
  void aRefusedCandidateDoesNotUseUpTheVote() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    n1.receive(N2, new RequestVote(5, new LogPosition(1, 1), Campaign.ELECTION));
    Message reply = n1.reply(N3, new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION));

    assertThat(reply).isEqualTo(Subject.vote(5, true));
  }

  /// §5.2: a candidate and a leader have voted for themselves, and vote for nobody else in the
  /// term.
  @Test
  void whoStandsDoesNotVoteForOthers() {
    Subject candidate = Subject.candidate(PLAIN, 3, 4, "1,4");
    Subject leader = Subject.leader(PLAIN, 3, 4, "1,4");
    RequestVote request = new RequestVote(5, new LogPosition(9, 4), Campaign.ELECTION);

    assertThat(candidate.reply(N2, request)).isEqualTo(Subject.vote(5, false));
    assertThat(leader.reply(N2, request)).isEqualTo(Subject.vote(5, false));
    assertThat(candidate.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(leader.role()).isEqualTo(RoleName.LEADER);
  }

  /// Late votes tell a leader nothing it must act on.
  @Test
  void aLeaderIgnoresFurtherVotes() {
    Subject n1 = Subject.leader(PLAIN, 5, 4, "1,4");
    Status before = n1.status();

    List<Effect> effects = n1.receive(N5, Subject.vote(5, true));

    assertThat(effects).isEmpty();
    assertThat(n1.status()).isEqualTo(before);
  }

  /// A timer that goes off too early does nothing.
  @Test
  void anEarlyTimerDoesNothing() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.tell(new Input.TimerFired());

    assertThat(effects).isEmpty();
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }
}
