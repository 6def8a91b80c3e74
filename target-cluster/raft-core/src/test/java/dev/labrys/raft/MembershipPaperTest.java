package dev.labrys.raft;

import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.N4;
import static dev.labrys.raft.Subject.N5;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Answer;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Response.Refused;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// §6 of the paper and §4 of the thesis: changes of the cluster.
final class MembershipPaperTest {
  private static final Configuration OLD = Configuration.ofVoters(3);
  private static final Configuration NEW =
      new Configuration(List.of(N1, N4, N5), List.of(), List.of());
  private static final Configuration JOINT =
      new Configuration(NEW.voters(), OLD.voters(), List.of());

  /// A leader of term 5 of n1, n2 and n3 that has committed an entry of its own.
  private static Subject leader() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    List<Effect> beats = n1.win();
    n1.acceptLast(N2, beats);
    n1.acceptLast(N3, beats);
    List<Effect> effects = n1.propose("x");
    n1.acceptLast(N2, effects);
    n1.acceptLast(N3, effects);
    assertThat(n1.status().commitIndex()).isEqualTo(3);
    return n1;
  }

  private static List<Effect> change(Subject n1, Configuration target) {
    return n1.tell(
        new Input.MembershipRequested(n1.nextRequest(), target.voters(), target.learners()));
  }

  private static Entry membership(long index, long term, Configuration configuration) {
    return new Entry(index, term, new Content.Membership(configuration));
  }

  /// Lets `from` have all that the leader has.
  private static void catchUp(Subject n1, ServerId from) {
    List<Effect> effects = n1.advance(PLAIN.heartbeatNanos());
    AppendEntries beat = Subject.messages(effects, from, AppendEntries.class).getLast();
    n1.receive(from, Subject.accept(beat));
  }

  /// A follower of term 5 whose log ends with these memberships, of which none is committed.
  private static Subject follower(Configuration... memberships) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1");
    for (int i = 0; i < memberships.length; i++) {
      LogPosition previous = n1.log().last();
      n1.receive(
          N2,
          new AppendEntries(5, previous, List.of(membership(i + 2, 5, memberships[i])), 1, i + 1));
    }
    return n1;
  }

  /// §6: the cluster first switches to joint consensus, of the old configuration and the new one.
  @Test
  void aChangeBeginsWithBothClustersTogether() {
    Subject n1 = leader();

    change(n1, NEW);

    assertThat(n1.log().at(4)).isEqualTo(membership(4, 5, JOINT));
    assertThat(n1.status().configuration()).isEqualTo(JOINT);
  }

  /// §6: a server uses the latest configuration in its log at once, committed or not.
  @Test
  void aConfigurationIsInForceOnceItIsInTheLog() {
    Subject n1 = follower(JOINT);

    assertThat(n1.status().commitIndex()).isEqualTo(1);
    assertThat(n1.status().configuration()).isEqualTo(JOINT);
    List<Effect> effects = n1.stand();
    for (ServerId other : List.of(N2, N3, N4, N5)) {
      assertThat(Subject.messages(effects, other, RequestVote.class)).hasSize(1);
    }
  }

  /// What is in force is what the log says – also when a conflict has deleted it.
  @Test
  void aConfigurationThatIsDeletedIsInForceNoMore() {
    Subject n1 = follower(JOINT);

    n1.receive(N3, new AppendEntries(6, new LogPosition(1, 1), List.of(Logs.entry(2, 6)), 1, 1));

    assertThat(n1.status().configuration()).isEqualTo(OLD);
    n1.restart();
    assertThat(n1.status().configuration()).isEqualTo(OLD);
  }

  /// A configuration in the stored log is in force after a restart.
  @Test
  void aConfigurationOutlivesACrash() {
    Subject n1 = follower(JOINT);

    n1.restart();

    assertThat(n1.status().configuration()).isEqualTo(JOINT);
  }

  /// §6: log entries are replicated to all servers in both configurations.
  @Test
  void theServersOfBothClustersGetEntries() {
    Subject n1 = leader();
    change(n1, NEW);

    List<Effect> effects = n1.advance(PLAIN.heartbeatNanos());

    for (ServerId other : List.of(N2, N3, N4, N5)) {
      assertThat(Subject.messages(effects, other, AppendEntries.class)).isNotEmpty();
    }
  }

  /// §6: agreement on entries takes separate majorities of both.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // who has the entry besides n1 | is it committed?
        "2     | false",
        "2,3   | false",
        "4     | false",
        "4,5   | false",
        "2,4   | true",
        "3,5   | true",
        "2,3,5 | true",
      })
  void aCommitTakesMajoritiesOfBoth(String others, boolean isCommitted) {
    Subject n1 = leader();
    change(n1, NEW);

    for (String other : others.split(",", -1)) {
      catchUp(n1, new ServerId(Integer.parseInt(other)));
    }

    assertThat(n1.status().commitIndex() >= 4).isEqualTo(isCommitted);
  }

  /// §6: elections take separate majorities of both, too.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2     | false",
        "2,3   | false",
        "4,5   | false",
        "2,4   | true",
        "3,5   | true",
        "2,3,4 | true",
      })
  void anElectionTakesMajoritiesOfBoth(String voters, boolean isElected) {
    Subject n1 = follower(JOINT);
    n1.stand();

    for (String voter : voters.split(",", -1)) {
      n1.receive(new ServerId(Integer.parseInt(voter)), Subject.vote(6, true));
    }

    assertThat(n1.role()).isEqualTo(isElected ? RoleName.LEADER : RoleName.CANDIDATE);
  }

  /// §6: once the joint configuration is committed, the leader goes over to the new one – of its
  /// own accord.
  @Test
  void theNewClusterFollowsWhenBothHaveAgreed() {
    Subject n1 = leader();
    change(n1, NEW);

    catchUp(n1, N2);
    assertThat(n1.log().last().index()).isEqualTo(4);
    catchUp(n1, N4);

    assertThat(n1.log().at(5)).isEqualTo(membership(5, 5, NEW));
    assertThat(n1.status().configuration()).isEqualTo(NEW);
  }

  /// §6: when the new configuration is committed under its own rules, the old one does not matter
  /// any more. Only then is the change done.
  @Test
  void theNewClusterAloneDecidesAboutItself() {
    Subject n1 = leader();
    change(n1, NEW);
    catchUp(n1, N2);
    catchUp(n1, N4);

    List<Effect> effects = n1.advance(PLAIN.heartbeatNanos());
    assertThat(Subject.messages(effects, N2)).isEmpty();
    effects = n1.acceptLast(N5, effects);
    List<Effect> done = n1.acceptLast(N5, effects);

    assertThat(n1.status().commitIndex()).isEqualTo(5);
    assertThat(done).contains(new Answer(new RequestId(2), new Response.Done()));
  }

  /// Thesis §4.3: whoever leads next finds the joint configuration in its log, and finishes what
  /// was begun.
  @Test
  void theNextLeaderFinishesAChange() {
    Subject n1 = follower(JOINT);
    n1.win();
    catchUp(n1, N2);
    catchUp(n1, N4);
    n1.propose("x");

    catchUp(n1, N2);
    catchUp(n1, N4);

    assertThat(n1.status().configuration()).isEqualTo(NEW);
    assertThat(n1.log().at(4)).isEqualTo(membership(4, 6, NEW));
  }

  /// §6: a leader that is not in the new configuration leads on until that is committed, does not
  /// count itself, and then steps down.
  @Test
  void aRemovedLeaderStepsDownWhenItIsDone() {
    Subject n1 = leader();
    Configuration others = new Configuration(List.of(N2, N3), List.of(), List.of());
    change(n1, others);
    catchUp(n1, N2);
    catchUp(n1, N3);
    assertThat(n1.status().configuration()).isEqualTo(others);

    catchUp(n1, N2);
    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    assertThat(n1.status().commitIndex()).isEqualTo(4);
    catchUp(n1, N3);

    assertThat(n1.status().commitIndex()).isEqualTo(5);
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  /// A server that knows that it was removed never stands again.
  @Test
  void aServerThatWasRemovedDoesNotStand() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1");
    Configuration others = new Configuration(List.of(N2, N3), List.of(), List.of());
    n1.receive(
        N2, new AppendEntries(5, new LogPosition(1, 1), List.of(membership(2, 5, others)), 2, 1));

    List<Effect> effects = n1.advance(100 * PLAIN.electionMaxNanos());

    assertThat(effects).isEmpty();
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  /// Thesis §4.2.2: a server that is not part of its latest configuration stands all the same while
  /// that is not committed. It may be the only one with the entry: of n1 and n2, n1 shall be
  /// removed; n2 has not heard of that, and needs the vote of n1, which is refused to a shorter
  /// log.
  @Test
  void aServerStandsUntilItsRemovalIsCommitted() {
    Configuration both = Configuration.ofVoters(2);
    Configuration other = new Configuration(List.of(N2), List.of(), List.of());
    Configuration joint = new Configuration(other.voters(), both.voters(), List.of());
    Subject n1 =
        Subject.of(
            PLAIN,
            new Stored(
                new HardState(5, N1),
                Snapshot.initial(both),
                List.of(membership(1, 5, joint), membership(2, 5, other))));

    List<Effect> effects = n1.stand();
    assertThat(Subject.messages(effects, N2))
        .containsExactly(new RequestVote(6, new LogPosition(2, 5), Campaign.ELECTION));
    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    n1.receive(N2, Subject.vote(6, true));
    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    catchUp(n1, N2);
    n1.propose("x");
    catchUp(n1, N2);

    assertThat(n1.status().commitIndex()).isEqualTo(3);
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.advance(100 * PLAIN.electionMaxNanos())).isEmpty();
  }

  /// Its own vote does not count in a cluster to which it does not belong.
  @Test
  void theVoteOfARemovedServerDoesNotCount() {
    Configuration joint = new Configuration(List.of(N2, N3), OLD.voters(), List.of());
    Subject n1 = follower(joint, joint.afterChange());
    n1.stand();

    n1.receive(N2, Subject.vote(6, true));
    assertThat(n1.role()).isEqualTo(RoleName.CANDIDATE);
    n1.receive(N3, Subject.vote(6, true));

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
  }

  /// Thesis §4.2.2: who asks for a vote need not be a member as far as the voter knows: the voter's
  /// log may be the one that is behind.
  @Test
  void aStrangerGetsAVote() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1");

    Message reply = n1.reply(N4, new RequestVote(6, new LogPosition(2, 5), Campaign.ELECTION));

    assertThat(reply).isEqualTo(Subject.vote(6, true));
  }

  /// Thesis §4.2.2: nor need a leader be a member as far as its follower knows. That is how a new
  /// server learns of the cluster at all.
  @Test
  void aNewServerFollowsALeaderItDoesNotKnow() {
    Subject n1 = Subject.of(PLAIN, Stored.initial(Configuration.NONE));
    assertThat(n1.advance(10 * PLAIN.electionMaxNanos())).isEmpty();

    n1.receive(N2, new AppendEntries(5, LogPosition.ZERO, List.of(membership(1, 5, NEW)), 0, 1));

    assertThat(n1.status().configuration()).isEqualTo(NEW);
    assertThat(n1.status().leader()).isEqualTo(N2);
    assertThat(n1.timerInNanos()).isLessThanOrEqualTo(PLAIN.electionMaxNanos());
  }

  /// §6: new servers join as non-voting members: they get the log, and are not considered for
  /// majorities.
  @Test
  void aLearnerGetsEverythingAndDecidesNothing() {
    Subject n1 = leader();
    Configuration learning = new Configuration(OLD.voters(), List.of(), List.of(N4, N5));
    change(n1, learning);
    assertThat(n1.log().at(4)).isEqualTo(membership(4, 5, learning));

    catchUp(n1, N4);
    catchUp(n1, N5);
    assertThat(n1.status().commitIndex()).isEqualTo(3);
    catchUp(n1, N2);

    assertThat(n1.status().commitIndex()).isEqualTo(4);
  }

  /// A learner does not stand, and its vote does not count.
  @Test
  void aLearnerDoesNotStand() {
    Subject n1 =
        Subject.of(
            PLAIN, Stored.initial(new Configuration(List.of(N2, N3), List.of(), List.of(N1))));

    assertThat(n1.advance(100 * PLAIN.electionMaxNanos())).isEmpty();
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }

  /// A leader does not know which configuration is committed before an entry of its own term is; a
  /// change that is begun earlier may overlap with another that it has not heard of (found by
  /// Ongaro in 2015).
  @Test
  void aNewLeaderChangesNothingYet() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    List<Effect> effects = change(n1, NEW);

    assertThat(effects)
        .containsExactly(new Answer(new RequestId(1), new Refused(Refusal.NOT_READY, N1)));
    assertThat(n1.terms()).isEqualTo("1,4");
  }

  /// One change at a time.
  @Test
  void aSecondChangeWaitsForTheFirst() {
    Subject n1 = leader();
    change(n1, NEW);

    List<Effect> joint = change(n1, OLD);
    catchUp(n1, N2);
    catchUp(n1, N4);
    List<Effect> uncommitted = change(n1, OLD);

    assertThat(joint)
        .contains(new Answer(new RequestId(3), new Refused(Refusal.CHANGE_UNDER_WAY, N1)));
    assertThat(uncommitted)
        .contains(new Answer(new RequestId(4), new Refused(Refusal.CHANGE_UNDER_WAY, N1)));
  }

  /// A cluster is not left without voters, and nobody is both a voter and a learner.
  @Test
  void whatIsNoClusterIsRefused() {
    Subject n1 = leader();

    List<Effect> none =
        n1.tell(new Input.MembershipRequested(new RequestId(8), List.of(), List.of(N1)));
    List<Effect> both =
        n1.tell(new Input.MembershipRequested(new RequestId(9), List.of(N1, N2), List.of(N2)));

    assertThat(none)
        .containsExactly(new Answer(new RequestId(8), new Refused(Refusal.IMPOSSIBLE, N1)));
    assertThat(both)
        .containsExactly(new Answer(new RequestId(9), new Refused(Refusal.IMPOSSIBLE, N1)));
  }

  /// To ask for what is there already is done at once, so that whoever asks twice is none the
  /// worse.
  @Test
  void aChangeToTheSameIsDone() {
    Subject n1 = leader();

    List<Effect> effects = change(n1, OLD);

    assertThat(effects).containsExactly(new Answer(new RequestId(2), new Response.Done()));
    assertThat(n1.log().last().index()).isEqualTo(3);
  }

  /// Answers to what was sent to a server before it was removed and added again say nothing about
  /// the disk it has now.
  @Test
  void lateAnswersOfAnEarlierMembershipDoNotCount() {
    Subject n1 = leader();
    Configuration learning = new Configuration(OLD.voters(), List.of(), List.of(N4));
    change(n1, learning);
    catchUp(n1, N2);
    List<Effect> old = n1.advance(PLAIN.heartbeatNanos());
    AppendEntries late = Subject.messages(old, N4, AppendEntries.class).getLast();
    change(n1, OLD);
    catchUp(n1, N2);

    change(n1, new Configuration(List.of(N1, N4), List.of(), List.of()));
    catchUp(n1, N2);
    n1.receive(N4, Subject.accept(late));

    assertThat(n1.status().commitIndex()).isEqualTo(5);
    assertThat(n1.status().configuration().isJoint()).isTrue();
  }

  /// Whoever asked for a change learns that nobody knows what becomes of it when the leader is
  /// deposed.
  @Test
  void whoWantedAChangeIsToldWhenTheLeaderStepsDown() {
    Subject n1 = leader();
    change(n1, NEW);

    List<Effect> effects = n1.receive(N3, new AppendEntries(9, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(effects)
        .contains(
            new Answer(new RequestId(2), new Refused(Refusal.LEADERSHIP_LOST, ServerId.NOBODY)));
  }

  /// §6: servers disregard requests for votes within the shortest election time of hearing from a
  /// leader, so that removed servers that don't know it can't disrupt the cluster.
  @Test
  void aServerThatHearsALeaderDisregardsRequestsForVotes() {
    RaftOptions options = PLAIN.with("check-quorum", "true");
    Subject n1 = Subject.follower(options, 3, 5, "1");
    n1.receive(N2, new AppendEntries(5, new LogPosition(1, 1), List.of(), 0, 1));
    RequestVote request = new RequestVote(9, new LogPosition(9, 5), Campaign.ELECTION);

    n1.advance(options.electionMinNanos() - 1);
    List<Effect> early = n1.receive(N4, request);
    assertThat(early).isEmpty();
    assertThat(n1.term()).isEqualTo(5);
    n1.advance(1);
    Message reply = n1.reply(N4, request);

    assertThat(reply).isEqualTo(Subject.vote(9, true));
  }
}
