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

  /// §5.2: every server starts as a follower.
  @Test
  void aServerStartsAsAFollower() {
    Subject n1 = Subject.fresh(PLAIN, 3);

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isZero();
    assertThat(n1.status().leader()).isEqualTo(ServerId.NOBODY);
  }

  /// §5.2: a follower that hears nobody for an election timeout takes it that there is no leader:
  /// it raises its term, becomes a candidate, votes for itself, and asks all others for their votes
  /// at once.
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

  /// §5.2: who keeps hearing from a leader or a candidate with a claim remains a follower. Here,
  /// from a leader.
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

  /// §5.2: who keeps hearing from a leader or a candidate with a claim remains a follower. Here,
  /// from candidates that it votes for.
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

  /// Figure 2, rules for followers: of candidates, only one that gets the vote makes the voter wait
  /// anew. One that can't win must not keep others from standing.
  @Test
  void aRefusedVoteDoesNotKeepAFollowerFromStanding() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    long timer = n1.timerInNanos();

    n1.advance(10 * MILLI);
    n1.receive(N2, new RequestVote(5, new LogPosition(9, 3), Campaign.ELECTION));

    assertThat(n1.timerInNanos()).isEqualTo(timer - 10 * MILLI);
  }

  /// Figure 2, rules for followers: of leaders, only that of the current term makes a follower wait
  /// anew.
  @Test
  void theLeaderOfAnEarlierTermDoesNotKeepAFollowerFromStanding() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    long timer = n1.timerInNanos();

    n1.advance(10 * MILLI);
    n1.receive(N2, new AppendEntries(3, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(n1.timerInNanos()).isEqualTo(timer - 10 * MILLI);
  }

  /// §5.2: the votes of a majority of all servers, given in the same term, elect a leader.
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

  /// §5.2: votes count for the term they were given in. Nor does a vote of an earlier election
  /// count that is told in a later term.
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

  /// §5.2: a server votes for one candidate a term, the first that asks and may have the vote.
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

  /// Figure 2, RequestVote 2: who has the vote already may have it again: the first answer may be
  /// lost (§5.5).
  @Test
  void aCandidateThatAsksAgainIsAnsweredAgain() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    RequestVote request = new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION);
    n1.receive(N2, request);

    assertThat(n1.reply(N2, request)).isEqualTo(Subject.vote(5, true));
  }

  /// Figure 2, persistent state: a vote is on stable storage before it is answered.
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

  /// §5.2: whoever is elected sends heartbeats to everybody at once, so that nobody else stands.
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

  /// §5.2: leaders send heartbeats – messages without entries – to all followers time and again, so
  /// that they remain followers.
  @Test
  void aLeaderSaysSoAgainAndAgain() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.advance(10 * PLAIN.heartbeatNanos());

    for (ServerId other : List.of(N2, N3)) {
      assertThat(Subject.messages(effects, other, AppendEntries.class)).hasSize(10);
    }
  }

  /// §5.2: a candidate that hears of a leader in its own term or a later one recognises it, and is
  /// a follower again.
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

  /// §5.2: a candidate rejects a leader of an earlier term, and remains a candidate.
  @Test
  void aCandidateRejectsTheLeaderOfAnEarlierTerm() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    Message reply = n1.reply(N2, new AppendEntries(4, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(reply.term()).isEqualTo(5);
    assertThat(reply).isNotInstanceOf(AppendAccepted.class);
  }

  /// §5.2: if nobody wins, each candidate stands again after a timeout, in another term.
  @Test
  void aCandidateThatDoesNotWinStandsAgain() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    List<Effect> effects = n1.stand();

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(n1.stored().state()).isEqualTo(new HardState(6, N1));
    assertThat(Subject.messages(effects, N2))
        .containsExactly(new RequestVote(6, new LogPosition(2, 4), Campaign.ELECTION));
  }

  /// §5.2: timeouts are drawn at random from an interval, anew for each election, so that split
  /// votes are rare and soon over.
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

  /// §5.4.1: a voter refuses who has a worse log than its own. The log whose last entry has the
  /// later term is the better one; with the same term, the longer one is.
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
