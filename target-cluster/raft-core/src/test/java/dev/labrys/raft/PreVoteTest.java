package dev.labrys.raft;

import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.N4;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Thesis §9.6: a server asks whether it could win before it disturbs anybody.
final class PreVoteTest {
  private static final RaftOptions OPTIONS = PLAIN.with("pre-vote", "true");

  private static RequestVote question(long term, long index, long lastTerm) {
    return new RequestVote(term, new LogPosition(index, lastTerm), Campaign.PRE_VOTE);
  }

  private static VoteReply answer(long term, long asked, boolean isGranted) {
    return new VoteReply(term, asked, Campaign.PRE_VOTE, isGranted);
  }

  @Test
  void aServerAsksAboutTheNextTermAndStaysInItsOwn() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");

    List<Effect> effects = n1.stand();

    assertThat(n1.role()).isEqualTo(RoleName.PRE_CANDIDATE);
    assertThat(effects)
        .containsExactly(
            new Effect.Send(N2, question(5, 2, 4)), new Effect.Send(N3, question(5, 2, 4)));
    assertThat(n1.stored().state()).isEqualTo(new HardState(4, ServerId.NOBODY));
  }

  @Test
  void aServerStandsOnceAMajorityWouldVoteForIt() {
    Subject n1 = Subject.follower(OPTIONS, 5, 4, "1,4");
    n1.stand();

    n1.receive(N2, answer(4, 5, true));
    n1.receive(N2, answer(4, 5, true));
    n1.receive(N3, answer(4, 5, false));
    assertThat(n1.role()).isEqualTo(RoleName.PRE_CANDIDATE);
    List<Effect> effects = n1.receive(N4, answer(4, 5, true));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(n1.stored().state()).isEqualTo(new HardState(5, N1));
    assertThat(Subject.messages(effects, N2))
        .containsExactly(new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION));
  }

  /// Those who say that they would vote may not have heard of the asker's term yet.
  @Test
  void aGrantFromAnEarlierTermCounts() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();

    n1.receive(N2, answer(2, 5, true));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
  }

  /// A grant is no vote: it says nothing about another question, and nothing to a candidate.
  @Test
  void aGrantOfAnotherTermDoesNotCount() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();

    n1.receive(N2, answer(3, 4, true));
    n1.receive(N3, answer(4, 6, true));

    assertThat(n1.role()).isEqualTo(RoleName.PRE_CANDIDATE);
  }

  @Test
  void aGrantIsNoVote() {
    Subject n1 = Subject.follower(OPTIONS, 5, 4, "1,4");
    n1.stand();
    n1.receive(N2, answer(4, 5, true));
    n1.receive(N3, answer(4, 5, true));
    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);

    n1.receive(N2, answer(4, 5, true));
    n1.receive(N3, answer(4, 5, true));
    n1.receive(N4, answer(5, 6, true));

    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    assertThat(n1.term()).isEqualTo(5);
  }

  /// A late grant must not make a leader stand again, and so depose itself.
  @Test
  void aLateGrantTellsALeaderNothing() {
    Subject n1 = Subject.leader(OPTIONS, 3, 4, "1,4");
    Status before = n1.status();

    assertThat(n1.receive(N3, answer(4, 5, true))).isEmpty();
    assertThat(n1.receive(N3, answer(5, 6, true))).isEmpty();

    assertThat(n1.status()).isEqualTo(before);
  }

  /// Nor whoever follows again.
  @Test
  void aLateGrantTellsAFollowerNothing() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();
    n1.receive(N2, new AppendEntries(4, new LogPosition(2, 4), List.of(), 0, 1));
    Status before = n1.status();

    List<Effect> effects = n1.receive(N3, answer(4, 5, true));

    assertThat(effects).isEmpty();
    assertThat(n1.status()).isEqualTo(before);
  }

  /// Who would vote: somebody who has not heard a leader for the shortest election time, and whose
  /// log is no better. Its own vote does not matter: the question is about a later term.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // term asked about | last entry of the asker | would it vote?
        "5 | 2 | 4 | true",
        "9 | 2 | 4 | true",
        "5 | 9 | 4 | true",
        "5 | 1 | 5 | true",
        "5 | 1 | 4 | false",
        "5 | 9 | 1 | false",
        "4 | 2 | 4 | false",
        "3 | 9 | 9 | false",
      })
  void aVoterSaysWhatItWouldDo(long term, long index, long lastTerm, boolean isGranted) {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    Stored before = n1.stored();
    long timer = n1.timerInNanos();

    List<Effect> effects = n1.receive(N2, question(term, index, lastTerm));

    assertThat(effects).containsExactly(new Effect.Send(N2, answer(4, term, isGranted)));
    assertThat(n1.stored()).isEqualTo(before);
    assertThat(n1.timerInNanos()).isEqualTo(timer);
  }

  @Test
  void whoHearsALeaderWouldNotVote() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.receive(N3, new AppendEntries(4, new LogPosition(2, 4), List.of(), 0, 1));

    n1.advance(OPTIONS.electionMinNanos() - 1);
    Message early = n1.reply(N2, question(5, 9, 4));
    n1.advance(1);
    Message later = n1.reply(N2, question(5, 9, 4));

    assertThat(early).isEqualTo(answer(4, 5, false));
    assertThat(later).isEqualTo(answer(4, 5, true));
  }

  @Test
  void aLeaderWouldNotVote() {
    Subject n1 = Subject.leader(OPTIONS, 3, 4, "1,4");

    assertThat(n1.reply(N2, question(9, 9, 9))).isEqualTo(answer(5, 9, false));
    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
  }

  /// Whoever is refused by somebody of a later term learns of it, or else two servers – one with
  /// the better log, one with the later term – would refuse each other for ever.
  @Test
  void aRefusalTeachesTheLaterTerm() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();

    n1.receive(N2, answer(7, 5, false));

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.stored().state()).isEqualTo(new HardState(7, ServerId.NOBODY));
  }

  /// Who asks only may vote for another meanwhile, in its own term.
  @Test
  void whoAsksMayVote() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();

    Message reply = n1.reply(N2, new RequestVote(5, new LogPosition(2, 4), Campaign.ELECTION));

    assertThat(reply).isEqualTo(Subject.vote(5, true));
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  @Test
  void whoAsksFollowsALeaderThatAppears() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();

    Message reply = n1.reply(N2, new AppendEntries(4, new LogPosition(2, 4), List.of(), 0, 1));

    assertThat(reply).isEqualTo(new AppendAccepted(4, 1, 2));
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  /// Who gets no answers asks again and again, and its term does not rise.
  @Test
  void whoIsCutOffStaysInItsTerm() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");

    List<Effect> effects = n1.advance(20 * OPTIONS.electionMaxNanos());

    assertThat(n1.term()).isEqualTo(4);
    assertThat(Subject.messages(effects, N2))
        .hasSizeGreaterThan(19)
        .containsOnly(question(5, 2, 4));
  }

  /// A candidate that does not win asks before it stands again.
  @Test
  void aCandidateThatDoesNotWinAsksAgain() {
    Subject n1 = Subject.follower(OPTIONS, 3, 4, "1,4");
    n1.stand();
    n1.receive(N2, answer(4, 5, true));
    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);

    List<Effect> effects = n1.advanceUntil(status -> status.role() != RoleName.CANDIDATE);

    assertThat(n1.role()).isEqualTo(RoleName.PRE_CANDIDATE);
    assertThat(Subject.messages(effects, N2)).containsExactly(question(6, 2, 4));
    assertThat(n1.term()).isEqualTo(5);
  }

  /// A server alone asks nobody.
  @Test
  void aServerAloneStandsAtOnce() {
    Subject n1 = Subject.fresh(OPTIONS, 1);

    n1.advance(OPTIONS.electionMaxNanos());

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
  }
}
