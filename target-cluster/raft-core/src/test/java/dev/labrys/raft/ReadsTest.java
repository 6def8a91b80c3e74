package dev.labrys.raft;

import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Answer;
import dev.labrys.raft.Effect.Query;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.ReadIndex;
import dev.labrys.raft.Message.ReadIndexReply;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Response.Refused;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// §8 of the paper and §6.4 of the thesis: reads that never return stale data – and those that may.
final class ReadsTest {
  private static final RaftOptions INDEX = RaftOptions.DEFAULTS.with("pre-vote", "false");
  private static final RaftOptions LEASE = INDEX.with("reads", "lease");
  private static final long LEASE_NANOS = LEASE.electionMinNanos() / 1_000 * LEASE.leasePermille();

  private static Query query(long request, String text) {
    return new Query(new RequestId(request), Bytes.of(text));
  }

  /// A leader of term 5 whose first entry is committed: its log is 1,4,5.
  private static Subject leader(RaftOptions options, int servers) {
    Subject n1 = Subject.follower(options, servers, 4, "1,4");
    List<Effect> beats = n1.win();
    for (int other = 2; other <= servers; other++) {
      n1.acceptLast(new ServerId(other), beats);
    }
    assertThat(n1.status().commitIndex()).isEqualTo(3);
    return n1;
  }

  /// A follower of n2 in term 5 with the log 1,4,5, of which `committed` entries are committed.
  private static Subject follower(RaftOptions options, long committed) {
    Subject n1 = Subject.follower(options, 3, 5, "1,4,5");
    n1.receive(N2, new AppendEntries(5, new LogPosition(3, 5), List.of(), committed, 1));
    return n1;
  }

  /// §8: a leader exchanges heartbeats with a majority before it answers a read.
  @Test
  void aReadWaitsUntilAMajorityConfirmsTheLeader() {
    Subject n1 = leader(INDEX, 5);

    List<Effect> effects = n1.read("q");
    assertThat(Subject.only(effects, Query.class)).isEmpty();
    assertThat(Subject.messages(effects, N2, AppendEntries.class)).hasSize(1);
    assertThat(n1.acceptLast(N2, effects)).isEmpty();
    List<Effect> answer = n1.acceptLast(N3, effects);

    assertThat(answer).containsExactly(query(1, "q"));
  }

  /// Only answers to what was sent after the read came confirm it: earlier ones say who led
  /// earlier.
  @Test
  void anAnswerToAnEarlierHeartbeatConfirmsNothing() {
    Subject n1 = leader(INDEX, 3);
    List<Effect> early = n1.advance(INDEX.heartbeatNanos());

    List<Effect> effects = n1.read("q");
    n1.acceptLast(N2, early);
    List<Effect> old = n1.acceptLast(N3, early);
    List<Effect> answer = n1.acceptLast(N3, effects);

    assertThat(old).isEmpty();
    assertThat(answer).containsExactly(query(1, "q"));
  }

  /// The same answer twice is one answer.
  @Test
  void theSameAnswerTwiceIsNoMajority() {
    Subject n1 = leader(INDEX, 5);
    List<Effect> effects = n1.read("q");

    n1.acceptLast(N2, effects);

    assertThat(n1.acceptLast(N2, effects)).isEmpty();
  }

  /// Reads that come while others are being confirmed share the next round of messages.
  @Test
  void readsAreConfirmedTogether() {
    Subject n1 = leader(INDEX, 3);
    List<Effect> first = n1.read("q1");

    assertThat(n1.read("q2")).isEmpty();
    assertThat(n1.read("q3")).isEmpty();
    List<Effect> second = n1.acceptLast(N2, first);
    List<Effect> rest = n1.acceptLast(N2, second);

    assertThat(second).contains(query(1, "q1")).doesNotContain(query(2, "q2"));
    assertThat(rest).containsExactly(query(2, "q2"), query(3, "q3"));
  }

  /// A server alone needs nobody to confirm that it leads.
  @Test
  void aServerAloneAnswersAtOnce() {
    Subject n1 = Subject.leader(INDEX, 1, 4, "1,4");

    assertThat(n1.read("q")).contains(query(1, "q"));
  }

  /// Thesis §6.4: a new leader waits until an entry of its own term is committed; before, it does
  /// not know what is.
  @Test
  void aNewLeaderReadsNothingBeforeItKnowsWhatIsCommitted() {
    Subject n1 = Subject.follower(INDEX, 3, 4, "1,4");
    List<Effect> beats = n1.win();
    n1.read("q");

    List<Effect> commit = n1.acceptLast(N2, beats);
    assertThat(n1.status().commitIndex()).isEqualTo(3);
    assertThat(Subject.only(commit, Query.class)).isEmpty();
    List<Effect> answer = n1.acceptLast(N2, commit);

    assertThat(answer).contains(query(1, "q"));
    assertThat(n1.executed()).containsExactly("a1", "b4");
  }

  /// A read sees everything that was committed when it came.
  @Test
  void aReadComesAfterTheCommitsOfItsTime() {
    Subject n1 = leader(INDEX, 3);
    List<Effect> entries = n1.propose("x");
    n1.acceptLast(N2, entries);

    n1.acceptLast(N3, n1.read("q"));

    assertThat(n1.executed()).containsExactly("a1", "b4", "x");
  }

  /// Whoever is deposed never answers what it has not confirmed.
  @Test
  void aDeposedLeaderAnswersNoReads() {
    Subject n1 = leader(INDEX, 3);
    n1.read("q");

    List<Effect> effects = n1.receive(N3, new AppendEntries(9, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(effects)
        .contains(new Answer(new RequestId(1), new Refused(Refusal.NOT_LEADER, ServerId.NOBODY)));
    assertThat(Subject.only(effects, Query.class)).isEmpty();
  }

  /// No more reads wait than may.
  @Test
  void tooManyReadsAreRefused() {
    Subject n1 = leader(INDEX.with("waiting-requests", "2"), 3);
    n1.read("q1");
    n1.read("q2");

    assertThat(n1.read("q3"))
        .containsExactly(new Answer(new RequestId(3), new Refused(Refusal.BUSY, N1)));
  }

  /// Thesis §6.4.1: while a majority has promised not to elect another, nobody need be asked.
  @Test
  void aLeaderWithALeaseAnswersAtOnce() {
    Subject n1 = leader(LEASE, 3);

    assertThat(n1.read("q")).containsExactly(query(1, "q"));
  }

  /// Thesis §6.4.1: a promise is counted from when its message was sent, not from when it was
  /// answered, and ends early enough for clocks that run differently.
  @Test
  void aLeaseEndsBeforeThePromises() {
    Subject n1 = Subject.follower(LEASE, 3, 4, "1,4");
    List<Effect> beats = n1.win();
    long sent = n1.nowNanos();
    n1.advance(50 * Subject.MILLI);
    n1.acceptLast(N2, beats);

    n1.advance(sent + LEASE_NANOS - 1 - n1.nowNanos());
    List<Effect> early = n1.read("q1");
    n1.advance(1);
    List<Effect> late = n1.read("q2");

    assertThat(early).containsExactly(query(1, "q1"));
    assertThat(Subject.only(late, Query.class)).isEmpty();
  }

  /// A lease needs a majority, too.
  @Test
  void oneOfFourPromisesIsNoLease() {
    Subject n1 = Subject.follower(LEASE, 5, 4, "1,4");
    List<Effect> beats = n1.win();
    n1.acceptLast(N2, beats);
    n1.acceptLast(N3, beats);
    n1.advance(LEASE_NANOS - 10 * Subject.MILLI);
    List<Effect> next = n1.advance(LEASE.heartbeatNanos());
    if (!next.isEmpty()) {
      n1.acceptLast(N2, next);
    }
    n1.advance(10 * Subject.MILLI);

    assertThat(Subject.only(n1.read("q"), Query.class)).isEmpty();
  }

  /// With a lease or without: a new leader does not know what is committed.
  @Test
  void aNewLeaderWithALeaseWaitsForItsFirstCommit() {
    Subject n1 = Subject.follower(LEASE, 3, 4, "1,4");
    n1.win();

    assertThat(Subject.only(n1.read("q"), Query.class)).isEmpty();
  }

  /// A leader that has asked another to stand has released its voters from their promises.
  @Test
  void aLeaderThatHandsOverHasNoLease() {
    Subject n1 = leader(LEASE, 3);
    n1.tell(new Input.TransferRequested(n1.nextRequest(), N3));

    assertThat(Subject.only(n1.read("q"), Query.class)).isEmpty();
  }

  /// Nor has it one again when the other did not take over: the request may still be under way.
  @Test
  void aTransferThatFailedLeavesNoLease() {
    Subject n1 = leader(LEASE, 3);
    n1.tell(new Input.TransferRequested(n1.nextRequest(), N3));
    for (int beat = 0; beat < 10; beat++) {
      List<Effect> beats = n1.advance(LEASE.heartbeatNanos());
      n1.acceptLast(N2, beats);
      n1.acceptLast(N3, beats);
    }

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    assertThat(Subject.only(n1.read("q"), Query.class)).isEmpty();
  }

  /// A server that has forgotten what it promised before a crash keeps the promise all the same.
  @Test
  void aPromiseOutlivesACrash() {
    Subject n1 = follower(LEASE, 3);
    RequestVote request = new RequestVote(6, new LogPosition(9, 5), Campaign.ELECTION);

    n1.restart();
    List<Effect> early = n1.receive(N3, request);
    n1.advance(LEASE.electionMinNanos());
    Message later = n1.reply(N3, request);

    assertThat(early).isEmpty();
    assertThat(later).isEqualTo(Subject.vote(6, true));
  }

  /// reads=log: a read takes its place in the log, like a command.
  @Test
  void aReadByTheLogIsAnEntry() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");
    n1.acceptLast(N2, n1.advance(PLAIN.heartbeatNanos()));

    List<Effect> effects = n1.read("q");
    assertThat(Subject.only(effects, Query.class)).isEmpty();
    List<Effect> commit = n1.acceptLast(N2, effects);

    assertThat(commit).endsWith(query(1, "q"));
    assertThat(n1.terms()).isEqualTo("1,4,5");
  }

  /// reads=local: everybody answers at once, whatever it has.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLocalReadIsAnsweredByAnybody(int servers) {
    Subject n1 = Subject.follower(INDEX.with("reads", "local"), servers, 4, "1,4");

    assertThat(n1.read("q")).containsExactly(query(1, "q"));
  }

  /// Thesis §6.4: a follower asks the leader for its commit index, and answers when its own state
  /// machine is there.
  @Test
  void aFollowerAnswersOnceItIsFarEnough() {
    Subject n1 = follower(INDEX, 1);
    List<Effect> question = n1.read("q");
    long number = Subject.messages(question, N2, ReadIndex.class).getFirst().read();

    List<Effect> early = n1.receive(N2, new ReadIndexReply(5, number, 3));
    List<Effect> commit =
        n1.receive(N2, new AppendEntries(5, new LogPosition(3, 5), List.of(), 3, 2));

    assertThat(Subject.only(early, Query.class)).isEmpty();
    assertThat(commit).contains(query(1, "q"));
    assertThat(n1.executed()).containsExactly("a1", "b4", "c5");
  }

  @Test
  void aFollowerThatIsFarEnoughAnswersAtOnce() {
    Subject n1 = follower(INDEX, 3);
    long number = Subject.messages(n1.read("q"), N2, ReadIndex.class).getFirst().read();

    assertThat(n1.receive(N2, new ReadIndexReply(5, number, 2))).containsExactly(query(1, "q"));
  }

  /// An answer belongs to its question: those to another one, or that came before, do not count.
  @Test
  void anAnswerToAnotherQuestionDoesNotCount() {
    Subject n1 = follower(INDEX, 3);
    long first = Subject.messages(n1.read("q1"), N2, ReadIndex.class).getFirst().read();
    n1.receive(N2, new ReadIndexReply(5, first, 3));
    long second = Subject.messages(n1.read("q2"), N2, ReadIndex.class).getFirst().read();

    List<Effect> again = n1.receive(N2, new ReadIndexReply(5, first, 3));
    List<Effect> strange = n1.receive(N2, new ReadIndexReply(5, second + 1, 3));
    List<Effect> earlier = n1.receive(N2, new ReadIndexReply(4, second, 3));

    assertThat(second).isNotEqualTo(first);
    assertThat(again).isEmpty();
    assertThat(strange).isEmpty();
    assertThat(earlier).isEmpty();
  }

  /// Questions of before a crash are not mixed up with those of now.
  @Test
  void aQuestionOfBeforeACrashIsAnotherQuestion() {
    Subject n1 = follower(INDEX, 3);
    n1.advance(Subject.MILLI);
    long first = Subject.messages(n1.read("q1"), N2, ReadIndex.class).getFirst().read();
    n1.restart();
    n1.advance(Subject.MILLI);
    n1.receive(N2, new AppendEntries(5, new LogPosition(3, 5), List.of(), 3, 2));

    long second = Subject.messages(n1.read("q2"), N2, ReadIndex.class).getFirst().read();

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aFollowersReadIsRefusedIfTheLeaderCantSay() {
    Subject n1 = follower(INDEX, 3);
    long number = Subject.messages(n1.read("q"), N2, ReadIndex.class).getFirst().read();

    assertThat(n1.receive(N2, new ReadIndexReply(5, number, ReadIndexReply.REFUSED)))
        .containsExactly(new Answer(new RequestId(1), new Refused(Refusal.NOT_READY, N2)));
  }

  /// A question that got lost is given up – by a server that never stands for election, too.
  @Test
  void aReadThatNobodyAnswersIsGivenUp() {
    Subject n1 =
        Subject.of(
            INDEX, Stored.initial(new Configuration(List.of(N2, N3), List.of(), List.of(N1))));
    n1.receive(N2, new AppendEntries(5, LogPosition.ZERO, List.of(), 0, 1));
    n1.read("q");

    List<Effect> effects = n1.advance(INDEX.electionMaxNanos());

    assertThat(effects)
        .containsExactly(new Answer(new RequestId(1), new Refused(Refusal.NOT_READY, N2)));
    assertThat(n1.advance(100 * INDEX.electionMaxNanos())).isEmpty();
  }

  @Test
  void whoKnowsNoLeaderCantAsk() {
    Subject n1 = Subject.follower(INDEX, 3, 4, "1,4");

    assertThat(n1.read("q"))
        .containsExactly(
            new Answer(new RequestId(1), new Refused(Refusal.NOT_LEADER, ServerId.NOBODY)));
  }

  @Test
  void whoLosesItsLeaderGivesItsReadsUp() {
    Subject n1 = follower(INDEX, 3);
    n1.read("q");

    List<Effect> effects = n1.receive(N3, new AppendEntries(9, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(effects)
        .contains(new Answer(new RequestId(1), new Refused(Refusal.NOT_LEADER, ServerId.NOBODY)));
  }

  /// A leader answers followers under the same conditions as clients.
  @Test
  void aLeaderConfirmsItselfBeforeItAnswersAFollower() {
    Subject n1 = leader(INDEX, 3);

    List<Effect> question = n1.receive(N2, new ReadIndex(5, 77));
    assertThat(Subject.messages(question, N2, ReadIndexReply.class)).isEmpty();
    List<Effect> answer = n1.acceptLast(N3, question);

    assertThat(Subject.messages(answer, N2)).containsExactly(new ReadIndexReply(5, 77, 3));
  }

  /// A question of a later term deposes, as anything of a later term does; one of an earlier is
  /// refused.
  @Test
  void aQuestionOfAnEarlierTermIsRefused() {
    Subject n1 = leader(INDEX, 3);

    assertThat(n1.reply(N2, new ReadIndex(4, 77)))
        .isEqualTo(new ReadIndexReply(5, 77, ReadIndexReply.REFUSED));
  }

  /// Who does not lead has nothing to say.
  @Test
  void aFollowerDoesNotAnswerAFollower() {
    Subject n1 = follower(INDEX, 3);

    List<Effect> effects = n1.receive(N3, new ReadIndex(5, 77));

    assertThat(effects)
        .allMatch(effect ->
            effect.equals(new Effect.Send(N3, new ReadIndexReply(5, 77, ReadIndexReply.REFUSED))));
  }

  /// Confirmations come from the members that decide, in both halves of a change.
  @Test
  void aReadDuringAChangeIsConfirmedByBothClusters() {
    Subject n1 = leader(INDEX, 3);
    List<ServerId> others = List.of(N1, new ServerId(4), new ServerId(5));
    n1.tell(new Input.MembershipRequested(n1.nextRequest(), others, List.of()));
    List<Effect> effects = n1.read("q");

    n1.acceptLast(N2, effects);
    List<Effect> old = n1.acceptLast(N3, effects);
    AppendEntries toNew = Subject.messages(effects, new ServerId(4), AppendEntries.class).getLast();
    List<Effect> both =
        n1.receive(
            new ServerId(4),
            new Message.AppendRejected(
                5, toNew.round(), toNew.previous().index(), new Message.Conflict(0, 1, 0)));

    assertThat(Subject.only(old, Query.class)).isEmpty();
    assertThat(both).contains(query(2, "q"));
  }

  /// Even a refusal confirms that the leader leads: whoever refuses has not seen a later term.
  @Test
  void aRefusalConfirmsToo() {
    Subject n1 = leader(INDEX, 3);
    List<Effect> effects = n1.read("q");
    AppendEntries beat = Subject.messages(effects, N2, AppendEntries.class).getLast();

    List<Effect> answer =
        n1.receive(
            N2, new Message.AppendRejected(5, beat.round(), 3, new Message.Conflict(0, 2, 1)));

    assertThat(answer).contains(query(1, "q"));
    assertThat(n1.receive(N3, new AppendAccepted(5, beat.round(), 3))).isEmpty();
  }
}
