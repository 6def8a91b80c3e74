package dev.labrys.raft;

import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Answer;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.TimeoutNow;
import dev.labrys.raft.Response.Done;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Response.Refused;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How leadership ends other than by a later term: without a majority (thesis §6.2), and by being
/// handed over (thesis §3.10).
final class LeadershipTest {
  private static final RaftOptions CHECKED = PLAIN.with("check-quorum", "true");

  /// A leader of term 5 whose other servers have all of its log, 1,4.
  private static Subject leader(RaftOptions options, int servers) {
    Subject n1 = Subject.follower(options, servers, 4, "1,4");
    List<Effect> beats = n1.win();
    for (int other = 2; other <= servers; other++) {
      n1.acceptLast(new ServerId(other), beats);
    }
    return n1;
  }

  private static List<Effect> transfer(Subject n1, ServerId target) {
    return n1.tell(new Input.TransferRequested(n1.nextRequest(), target));
  }

  /// Thesis §6.2: a leader steps down if an election timeout goes by without a majority answering.
  @Test
  void aLeaderThatHearsNobodyStepsDown() {
    Subject n1 = leader(CHECKED, 3);
    n1.propose("x");

    List<Effect> effects = n1.advance(CHECKED.electionMinNanos() + CHECKED.heartbeatNanos());

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(5);
    assertThat(effects)
        .contains(
            new Answer(new RequestId(1), new Refused(Refusal.LEADERSHIP_LOST, ServerId.NOBODY)));
  }

  /// One follower of four is no majority, however often it answers.
  @Test
  void aLeaderThatHearsAMinorityStepsDown() {
    Subject n1 = leader(CHECKED, 5);

    for (int beat = 0; beat < 6 && n1.role() == RoleName.LEADER; beat++) {
      List<Effect> beats = n1.advance(CHECKED.heartbeatNanos());
      if (n1.role() == RoleName.LEADER) {
        n1.acceptLast(N2, beats);
      }
    }

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  @Test
  void aLeaderThatHearsAMajorityLeadsOn() {
    Subject n1 = leader(CHECKED, 5);

    for (int beat = 0; beat < 100; beat++) {
      List<Effect> beats = n1.advance(CHECKED.heartbeatNanos());
      n1.acceptLast(N2, beats);
      n1.acceptLast(N3, beats);
    }

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
  }

  @Test
  void aLeaderAloneLeadsOn() {
    Subject n1 = Subject.leader(CHECKED, 1, 4, "1,4");

    n1.advance(100 * CHECKED.electionMaxNanos());

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
  }

  /// Answers of an earlier time do not prove that anybody is there.
  @Test
  void oldAnswersDoNotKeepALeader() {
    Subject n1 = leader(CHECKED, 3);

    n1.advance(CHECKED.electionMinNanos() + CHECKED.heartbeatNanos());
    n1.receive(N2, new Message.AppendAccepted(5, 1, 2));

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  @Test
  void withoutTheCheckALeaderLeadsOn() {
    Subject n1 = leader(PLAIN, 3);

    n1.advance(100 * PLAIN.electionMaxNanos());

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
  }

  /// §6: within the shortest election time of hearing from a leader, a server does not update its
  /// term nor grant its vote; a leader always hears itself.
  @Test
  void aLeaderThatIsHeardIsNotDeposedByRequestsForVotes() {
    Subject n1 = leader(CHECKED, 3);

    List<Effect> effects =
        n1.receive(N3, new RequestVote(9, new LogPosition(9, 9), Campaign.ELECTION));

    assertThat(effects).isEmpty();
    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    assertThat(n1.term()).isEqualTo(5);
  }

  /// But a server of a later term must be able to rejoin: its answer to the leader deposes it.
  @Test
  void aLeaderIsDeposedByAnAnswerOfALaterTerm() {
    Subject n1 = leader(CHECKED, 3);

    n1.receive(N3, new Message.AppendRejected(9, 3, 2, new Message.Conflict(0, 3, 2)));

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(9);
  }

  /// Thesis §3.10: the leader has the target stand at once if it has all of the log.
  @Test
  void aServerWithTheWholeLogIsToldToStand() {
    Subject n1 = leader(PLAIN, 3);

    List<Effect> effects = transfer(n1, N3);

    assertThat(effects).containsExactly(new Effect.Send(N3, new TimeoutNow(5)));
  }

  /// Thesis §3.10: the target is brought up to date first.
  @Test
  void aServerThatLacksEntriesGetsThemFirst() {
    Subject n1 = leader(PLAIN, 3);
    List<Effect> entries = n1.propose("x");

    List<Effect> early = transfer(n1, N3);
    n1.acceptLast(N2, entries);
    List<Effect> later = n1.acceptLast(N3, entries);

    assertThat(Subject.messages(early, N3, TimeoutNow.class)).isEmpty();
    assertThat(Subject.messages(later, N3, TimeoutNow.class)).hasSize(1);
  }

  /// Thesis §3.10: meanwhile, the leader takes no new requests.
  @Test
  void aLeaderThatHandsOverTakesNoCommands() {
    Subject n1 = leader(PLAIN, 3);
    transfer(n1, N3);

    List<Effect> effects = n1.propose("x");

    assertThat(effects)
        .containsExactly(new Answer(new RequestId(2), new Refused(Refusal.TRANSFERRING, N1)));
    assertThat(n1.terms()).isEqualTo("1,4");
  }

  @Test
  void theRequestIsDoneWhenTheTargetStands() {
    Subject n1 = leader(CHECKED, 3);
    transfer(n1, N3);

    List<Effect> effects =
        n1.receive(N3, new RequestVote(6, new LogPosition(2, 4), Campaign.TRANSFER));

    assertThat(effects).contains(new Answer(new RequestId(1), new Done()));
    assertThat(Subject.messages(effects, N3))
        .containsExactly(new Message.VoteReply(6, 6, Campaign.TRANSFER, true));
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  @Test
  void theRequestFailsWhenAnotherTakesOver() {
    Subject n1 = leader(PLAIN, 3);
    transfer(n1, N3);

    List<Effect> effects = n1.receive(N2, new AppendEntries(9, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(effects)
        .contains(
            new Answer(new RequestId(1), new Refused(Refusal.LEADERSHIP_LOST, ServerId.NOBODY)));
  }

  /// What got lost is said again; after an election time, the leader leads on.
  @Test
  void aTransferThatDoesNotComeAboutIsGivenUp() {
    Subject n1 = leader(PLAIN, 3);
    transfer(n1, N3);

    List<Effect> effects = n1.advance(PLAIN.electionMaxNanos() + PLAIN.heartbeatNanos());
    List<Effect> command = n1.propose("x");

    assertThat(Subject.messages(effects, N3, TimeoutNow.class)).hasSizeGreaterThan(3);
    assertThat(effects)
        .contains(new Answer(new RequestId(1), new Refused(Refusal.TRANSFER_FAILED, N1)));
    assertThat(Subject.messages(command, N2, AppendEntries.class)).hasSize(1);
  }

  @Test
  void oneTransferAtATime() {
    Subject n1 = leader(PLAIN, 3);
    transfer(n1, N3);

    assertThat(transfer(n1, N2))
        .containsExactly(new Answer(new RequestId(2), new Refused(Refusal.TRANSFERRING, N1)));
  }

  @Test
  void onlyAVoterCanBeHandedLeadership() {
    Subject n1 = leader(PLAIN, 3);

    assertThat(transfer(n1, new ServerId(7)))
        .containsExactly(new Answer(new RequestId(1), new Refused(Refusal.IMPOSSIBLE, N1)));
    assertThat(transfer(n1, N1)).containsExactly(new Answer(new RequestId(2), new Done()));
  }

  /// Thesis §3.10: whoever is told stands at once, and says why, so that voters who hear the leader
  /// do not refuse (§4.2.3).
  @Test
  void whoIsToldToStandStandsAtOnce() {
    RaftOptions options = CHECKED.with("pre-vote", "true");
    Subject n1 = Subject.follower(options, 3, 5, "1,4");
    n1.receive(N2, new AppendEntries(5, new LogPosition(2, 4), List.of(), 0, 1));

    List<Effect> effects = n1.receive(N2, new TimeoutNow(5));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(Subject.messages(effects, N3))
        .containsExactly(new RequestVote(6, new LogPosition(2, 4), Campaign.TRANSFER));
  }

  @Test
  void whoHearsALeaderVotesForItsChoice() {
    Subject n1 = Subject.follower(CHECKED, 3, 5, "1,4");
    n1.receive(N2, new AppendEntries(5, new LogPosition(2, 4), List.of(), 0, 1));

    Message reply = n1.reply(N3, new RequestVote(6, new LogPosition(2, 4), Campaign.TRANSFER));

    assertThat(reply).isEqualTo(new Message.VoteReply(6, 6, Campaign.TRANSFER, true));
  }

  /// Only the leader of the term can say so – not one that has been deposed, nor anybody else.
  @Test
  void onlyTheLeaderMayTellAServerToStand() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,4");
    n1.receive(N2, new AppendEntries(5, new LogPosition(2, 4), List.of(), 0, 1));

    List<Effect> old = n1.receive(N2, new TimeoutNow(4));
    List<Effect> stranger = n1.receive(N3, new TimeoutNow(5));

    assertThat(old).isEmpty();
    assertThat(stranger).isEmpty();
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(5);
  }

  /// Told twice, a server stands once.
  @Test
  void whoStandsAlreadyIsNotToldAgain() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,4");
    n1.receive(N2, new AppendEntries(5, new LogPosition(2, 4), List.of(), 0, 1));
    n1.receive(N2, new TimeoutNow(5));

    List<Effect> effects = n1.receive(N2, new TimeoutNow(5));

    assertThat(effects).isEmpty();
    assertThat(n1.term()).isEqualTo(6);
  }

  /// Thesis §3.10: a target is elected with what it has stored; entries that only its memory had
  /// must not have been counted.
  @Test
  void aServerThatHasNotStoredTheLogIsNotToldToStand() {
    Subject n1 = leader(PLAIN, 3);
    List<Effect> entries = n1.propose("x");
    AppendEntries append = Subject.messages(entries, N3, AppendEntries.class).getLast();
    Subject n3 = Subject.follower(PLAIN, 3, 5, "1,4");

    List<Effect> before = n3.tellWithSlowDisk(new Input.Received(N2, append));

    assertThat(Subject.messages(before, N2)).isEmpty();
  }
}
