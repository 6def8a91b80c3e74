package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.InvariantScript.assertViolated;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.ServerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each invariant of elections both ways: what breaks it, and the nearest thing that is allowed.
final class ElectionInvariantsTest {
  private static final ServerId N1 = new ServerId(1);
  private static final ServerId N2 = new ServerId(2);
  private static final ServerId N3 = new ServerId(3);

  private final InvariantScript script = new InvariantScript(3);

  private static Message heartbeat(long term) {
    return new Message.AppendEntries(term, LogPosition.ZERO, List.of(), 0, 1);
  }

  @Test
  void aTermHasOneLeader() {
    // Nobody votes twice unnoticed, so it takes clusters that do not overlap.
    InvariantScript four = new InvariantScript(4);
    four.configure(1, new Configuration(List.of(N1, N2), List.of(), List.of()));
    four.configure(3, new Configuration(List.of(N3), List.of(), List.of()));
    four.elect(1, 1, 2).stand(3, 1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> four.lead(3));
  }

  @Test
  void twoLeadersInDifferentTermsAreAllowed() {
    script.elect(1, 1, 2).elect(3, 2, 2).send(3, 2, heartbeat(2)).send(1, 2, heartbeat(1));
  }

  @Test
  void aLeaderThatWasElectedBeforeItsRestartLeadsNoMore() {
    script.elect(1, 1, 2).restart(1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.lead(1));
  }

  @Test
  void aLeaderMayLeadAgainInALaterTerm() {
    script.elect(1, 1, 2).restart(1).elect(1, 2, 2).stepDown(1).elect(1, 3, 3);
  }

  @Test
  void aLeaderNeedsAMajority() {
    script.stand(1, 1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.lead(1));
  }

  @Test
  void halfOfAnEvenNumberIsNoMajority() {
    InvariantScript four = new InvariantScript(4).stand(1, 1).vote(2, 1, 1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> four.lead(1));
  }

  @Test
  void aVoteOfAnEarlierTermElectsNobody() {
    script.stand(1, 1).vote(2, 1, 1).stand(1, 2);

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.lead(1));
  }

  @Test
  void aPreVoteElectsNobody() {
    script
        .stand(1, 1)
        .send(2, 1, new Message.VoteReply(0, 1, Campaign.PRE_VOTE, true))
        .send(3, 1, new Message.VoteReply(0, 1, Campaign.PRE_VOTE, true));

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.lead(1));
  }

  @Test
  void aRefusalElectsNobody() {
    script
        .stand(1, 1)
        .enter(2, 1)
        .send(2, 1, new Message.VoteReply(1, 1, Campaign.ELECTION, false));

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.lead(1));
  }

  @Test
  void aVoteThatArrivesAfterItsVoterHasGoneOnElects() {
    script.stand(1, 1).vote(2, 1, 1).stand(3, 2).vote(2, 3, 2).lead(1).lead(3);
  }

  @Test
  void bothMajoritiesOfAChangeElect() {
    Configuration joint = new Configuration(List.of(N1, N2), List.of(N3), List.of());
    script.configure(1, joint).stand(1, 1).vote(2, 1, 1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.lead(1));
  }

  @Test
  void aLeaderOfBothMajoritiesIsAllowed() {
    Configuration joint = new Configuration(List.of(N1, N2), List.of(N3), List.of());

    script.configure(1, joint).elect(1, 1, 2, 3);
  }

  @Test
  void whoWasNotElectedDoesNotSpeakAsLeader() {
    script.enter(2, 1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.send(2, 1, heartbeat(1)));
  }

  @Test
  void aLeaderOfBeforeDoesNotSpeakInTheNewTerm() {
    script.elect(1, 1, 2).stepDown(1).enter(1, 2);
    Message snapshot =
        new Message.InstallSnapshot(2, LogPosition.ZERO, Configuration.NONE, 0, Bytes.EMPTY, 0, 1);

    assertViolated(Invariant.ELECTION_SAFETY, () -> script.send(1, 2, snapshot));
  }

  @Test
  void aTermDoesNotGoBack() {
    script.enter(1, 5).enter(1, 6);

    assertViolated(Invariant.MONOTONE_TERM, () -> script.enter(1, 5));
  }

  @Test
  void aTermThatOthersHeardOfIsStored() {
    assertViolated(
        Invariant.MONOTONE_TERM, () -> script.send(1, 2, new Message.AppendAccepted(3, 1, 0)));
  }

  @Test
  void aTermThatOthersHeardOfIsThereAfterARestart() {
    script.enter(1, 3).send(1, 2, new Message.AppendAccepted(3, 1, 0));

    assertViolated(
        Invariant.MONOTONE_TERM, () -> script.restart(1, new HardState(2, ServerId.NOBODY)));
  }

  @Test
  void aTermThatNobodyHeardOfMayBeLost() {
    script.enter(1, 3).restart(1, new HardState(2, ServerId.NOBODY));
  }

  @Test
  void aPreVoteIsNoWordInItsTerm() {
    script
        .enter(1, 3)
        .send(1, 2, new Message.RequestVote(4, LogPosition.ZERO, Campaign.PRE_VOTE))
        .restart(1);
  }

  @Test
  void aServerVotesOnceInATerm() {
    script.stand(1, 1).stand(3, 1).vote(2, 1, 1);

    assertViolated(Invariant.VOTE_DURABILITY, () -> script.vote(2, 3, 1));
  }

  @Test
  void aServerMaySayItsVoteTwice() {
    script.stand(1, 1).vote(2, 1, 1).sayVote(2, 1, 1);
  }

  @Test
  void aServerVotesAnewInALaterTerm() {
    script.stand(1, 1).vote(2, 1, 1).stand(3, 2).vote(2, 3, 2);
  }

  @Test
  void aCandidateHasVotedForItself() {
    script.stand(1, 1).stand(2, 1);

    assertViolated(Invariant.VOTE_DURABILITY, () -> script.sayVote(1, 2, 1));
  }

  @Test
  void aVoteIsStoredBeforeItIsSaid() {
    script.stand(1, 1).enter(2, 1);

    assertViolated(Invariant.VOTE_DURABILITY, () -> script.sayVote(2, 1, 1));
  }

  @Test
  void aVoteIsThereAfterARestart() {
    script.stand(1, 1).vote(2, 1, 1);

    assertViolated(
        Invariant.VOTE_DURABILITY, () -> script.restart(2, new HardState(1, ServerId.NOBODY)));
  }

  @Test
  void aVoteThatWasNotSaidMayBeLost() {
    script.stand(1, 1).enter(2, 1).restart(2, HardState.INITIAL);
  }

  @Test
  void aServerWithANewDiskHasNoPast() {
    script.stand(1, 1).vote(2, 1, 1).replace(2).stand(3, 1).vote(2, 3, 1);
  }
}
