package dev.labrys.raft;

import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.N4;
import static dev.labrys.raft.Subject.N5;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Apply;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SendAtOnce;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Conflict;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Response.Refused;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// §5.3 and §5.4 of the paper, and the rules of Figure 2 for leaders.
final class LeaderPaperTest {

  private static Entry command(long index, long term, String command) {
    return new Entry(index, term, new Content.Command(Bytes.of(command)));
  }

  /// A leader of term 5 whose other servers have all of its log, so that it sends without asking.
  private static Subject followedLeader(RaftOptions options, int servers) {
    Subject n1 = Subject.follower(options, servers, 4, "1,4");
    List<Effect> beats = n1.win();
    for (int other = 2; other <= servers; other++) {
      n1.acceptLast(new ServerId(other), beats);
    }
    return n1;
  }

  /// §5.3: a command becomes an entry of the leader's log, with its term, and goes to all others at
  /// once, with the position before it.
  @Test
  void aLeaderSendsANewEntryToEverybody() {
    Subject n1 = followedLeader(PLAIN, 5);

    List<Effect> effects = n1.propose("x");

    assertThat(n1.terms()).isEqualTo("1,4,5");
    for (ServerId other : List.of(N2, N3, N4, N5)) {
      assertThat(Subject.messages(effects, other, AppendEntries.class))
          .singleElement()
          .satisfies(append -> assertThat(append.term()).isEqualTo(5))
          .satisfies(append -> assertThat(append.previous()).isEqualTo(new LogPosition(2, 4)))
          .satisfies(append -> assertThat(append.entries()).containsExactly(command(3, 5, "x")));
    }
  }

  /// Thesis §10.2.1: a leader may write its own copy while the others write theirs.
  @Test
  void aLeaderSendsWithoutWaitingForItsDisk() {
    Subject n1 = followedLeader(PLAIN, 3);

    List<Effect> effects = n1.tellWithSlowDisk(new Input.Proposed(n1.nextRequest(), Bytes.of("x")));

    assertThat(Subject.messages(effects, N2, AppendEntries.class)).hasSize(1);
    assertThat(effects).allMatch(SendAtOnce.class::isInstance);
    assertThat(n1.stored().entries()).hasSize(2);
  }

  /// §5.3: an entry that the leader of its term has on a majority of servers is committed: the
  /// leader applies it, and answers the client with what comes of it.
  @ParameterizedTest
  @CsvSource({"2,1", "3,1", "4,2", "5,2", "6,3", "7,3"})
  void aLeaderAppliesWhatAMajorityHas(int servers, int othersNeeded) {
    Subject n1 = followedLeader(PLAIN, servers);
    List<Effect> effects = n1.propose("x");

    for (int other = 1; other < othersNeeded; other++) {
      n1.acceptLast(new ServerId(1 + other), effects);
    }
    assertThat(n1.status().commitIndex()).isZero();
    List<Effect> commit = n1.acceptLast(new ServerId(1 + othersNeeded), effects);

    assertThat(n1.status().commitIndex()).isEqualTo(3);
    assertThat(commit).contains(new Apply(command(3, 5, "x"), new RequestId(1)));
  }

  /// A cluster of one commits what it has stored – and not before.
  @Test
  void aLeaderAloneCommitsWhatItHasStored() {
    Subject n1 = Subject.leader(PLAIN, 1, 4, "1,4");

    List<Effect> before = n1.tellWithSlowDisk(new Input.Proposed(new RequestId(9), Bytes.of("x")));
    assertThat(n1.status().commitIndex()).isZero();
    List<Effect> after = n1.diskCatchesUp();

    assertThat(before).isEmpty();
    assertThat(after.getFirst()).isInstanceOf(Persist.class);
    assertThat(after).contains(new Apply(command(3, 5, "x"), new RequestId(9)));
  }

  /// A leader's own copy is a copy when it is stored, like any other (thesis §10.2.1).
  @Test
  void aLeadersOwnCopyCountsOnceItIsStored() {
    Subject n1 = followedLeader(PLAIN, 3);
    List<Effect> effects = n1.tellWithSlowDisk(new Input.Proposed(new RequestId(9), Bytes.of("x")));
    AppendEntries append = Subject.messages(effects, N2, AppendEntries.class).getLast();

    n1.tellWithSlowDisk(new Input.Received(N2, Subject.accept(append)));
    assertThat(n1.status().commitIndex()).isZero();
    n1.diskCatchesUp();

    assertThat(n1.status().commitIndex()).isEqualTo(3);
  }

  /// Thesis §10.2.1: followers are majority enough; what they have is committed even before the
  /// leader's own copy is stored.
  @Test
  void aMajorityWithoutTheLeaderCommits() {
    Subject n1 = followedLeader(PLAIN, 3);
    List<Effect> effects = n1.tellWithSlowDisk(new Input.Proposed(new RequestId(9), Bytes.of("x")));

    for (ServerId other : List.of(N2, N3)) {
      AppendEntries append = Subject.messages(effects, other, AppendEntries.class).getLast();
      n1.tellWithSlowDisk(new Input.Received(other, Subject.accept(append)));
    }

    assertThat(n1.status().commitIndex()).isEqualTo(3);
  }

  /// §5.3: a commit takes with it everything before it in the leader's log, also what earlier
  /// leaders have made. It is applied in order.
  @Test
  void aCommitTakesEverythingBeforeWithIt() {
    Subject n1 = followedLeader(PLAIN, 3);
    List<Effect> effects = n1.propose("x");

    List<Effect> commit = n1.acceptLast(N2, effects);

    assertThat(Subject.only(commit, Apply.class))
        .extracting(apply -> apply.entry().index())
        .containsExactly(1L, 2L, 3L);
    assertThat(n1.executed()).containsExactly("a1", "b4", "x");
  }

  /// §5.4.2: counting copies commits entries of the leader's own term, and none of an earlier one.
  @Test
  void anEntryOfAnEarlierTermIsNotCommittedByCounting() {
    Subject n1 = followedLeader(PLAIN, 3);

    assertThat(n1.status().commitIndex()).isZero();

    List<Effect> effects = n1.propose("x");
    n1.acceptLast(N2, effects);
    assertThat(n1.status().commitIndex()).isEqualTo(3);
  }

  /// §5.3: the leader tells in all of its messages, heartbeats included, how far it knows the log
  /// to be committed.
  @Test
  void aLeaderTellsWhatIsCommitted() {
    Subject n1 = followedLeader(PLAIN, 3);
    n1.acceptLast(N2, n1.propose("x"));

    List<Effect> beats = n1.advance(PLAIN.heartbeatNanos());
    List<Effect> appends = n1.propose("y");

    for (List<Effect> effects : List.of(beats, appends)) {
      assertThat(Subject.messages(effects, N2, AppendEntries.class).getLast().commitIndex())
          .isEqualTo(3);
    }
  }

  /// §5.3: however long a follower is away, the leader goes on sending, even when the client has
  /// long been answered, until everybody has everything.
  @Test
  void aLeaderRetriesUntilEverybodyHasEverything() {
    Subject n1 = followedLeader(PLAIN, 3);
    n1.acceptLast(N2, n1.propose("x"));
    assertThat(n1.executed()).contains("x");

    n1.advance(50 * PLAIN.heartbeatNanos());
    List<Effect> beat = n1.advance(PLAIN.heartbeatNanos());
    AppendEntries last = Subject.messages(beat, N3, AppendEntries.class).getLast();
    List<Effect> retry =
        n1.receive(
            N3,
            new AppendRejected(5, last.round(), last.previous().index(), new Conflict(0, 3, 2)));

    assertThat(Subject.messages(retry, N3, AppendEntries.class).getLast().entries())
        .containsExactly(command(3, 5, "x"));
  }

  /// §5.3: a new leader starts with the index after its own last one for everybody.
  @Test
  void aNewLeaderTakesEverybodyToHaveItsLog() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    List<Effect> beats = n1.win();

    assertThat(Subject.messages(beats, N2, AppendEntries.class))
        .singleElement()
        .satisfies(beat -> assertThat(beat.previous()).isEqualTo(new LogPosition(2, 4)));
  }

  /// Figure 2, volatile state of leaders: what a new leader takes others to have is a guess, and
  /// what it knows them to have is nothing.
  @Test
  void aGuessCommitsNothing() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    n1.propose("x");
    n1.receive(N2, new AppendAccepted(5, 1, 2));

    assertThat(n1.status().commitIndex()).isZero();
  }

  /// §5.3: refused, a leader goes back and tries again – by a term at a time: past its own last
  /// entry of the follower's term if it has one, else before all of the follower's entries of that
  /// term, else to the follower's end.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // leader's log before its term | conflict: term, first, last | where it tries next
        "4,4,4     | 0 | 3 | 2 | 2", // the follower's log is too short
        "4,6,6,6   | 4 | 1 | 4 | 1", // the leader has that term
        "4,4,6,6,6 | 4 | 1 | 5 | 2",
        "4,6,6,6   | 5 | 2 | 4 | 1", // the leader has not
        "4,6,6,6   | 2 | 1 | 4 | 0",
        "6,6,6     | 1 | 1 | 3 | 0",
      })
  void aLeaderSkipsAWholeTerm(String log, long term, long first, long last, long previous) {
    Subject n1 = Subject.follower(PLAIN, 3, 7, log);
    n1.win();
    List<Effect> effects = n1.advance(PLAIN.heartbeatNanos());
    AppendEntries probe = Subject.messages(effects, N2, AppendEntries.class).getLast();
    n1.propose("x");

    List<Effect> retry =
        n1.receive(
            N2,
            new AppendRejected(
                8, probe.round(), probe.previous().index(), new Conflict(term, first, last)));

    assertThat(Subject.messages(retry, N2, AppendEntries.class).getFirst().previous().index())
        .isEqualTo(previous);
  }

  /// Figure 3, Leader Append-Only: a leader neither changes nor deletes what it has in its log; it
  /// adds to it.
  @Test
  void aLeaderOnlyAppends() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");
    List<Entry> before = n1.stored().entries();

    n1.propose("x");
    n1.propose("y");
    n1.receive(N2, new AppendRejected(5, 1, 2, new Conflict(3, 1, 9)));

    assertThat(n1.stored().entries()).startsWith(before.toArray(new Entry[0]));
    assertThat(n1.terms()).isEqualTo("1,4,5,5");
  }

  /// §5.2: there is one leader in a term; what says otherwise is not from this cluster.
  @Test
  void aLeaderIsNotOverwrittenInItsOwnTerm() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    n1.receive(N2, new AppendEntries(5, LogPosition.ZERO, List.of(Logs.entry(1, 3)), 1, 1));

    assertThat(n1.role()).isEqualTo(RoleName.LEADER);
    assertThat(n1.terms()).isEqualTo("1,4");
  }

  /// Figure 8: in (d) a server with an entry of term 3 may overwrite an entry of term 2 that is on
  /// a majority; so in (c) the leader of term 4 must not take it for committed. Once an entry of
  /// its own is on a majority as in (e), both are.
  @Test
  void figure8() {
    Subject s1 = Subject.follower(PLAIN, 5, 3, "1,2");
    List<Effect> beats = s1.win();
    assertThat(s1.term()).isEqualTo(4);
    AppendEntries probe = Subject.messages(beats, N3, AppendEntries.class).getLast();
    List<Effect> sent =
        s1.receive(N3, new AppendRejected(4, probe.round(), 2, new Conflict(0, 2, 1)));

    // (c): the entry of term 2 comes to be on s1, s2 and s3.
    s1.acceptLast(N3, sent);
    s1.acceptLast(N2, beats);
    assertThat(s1.status().commitIndex()).isZero();

    // (e): the entry of term 4 is on a majority.
    List<Effect> own = s1.propose("x");
    s1.acceptLast(N2, own);
    assertThat(s1.status().commitIndex()).isZero();
    s1.acceptLast(N3, own);
    assertThat(s1.status().commitIndex()).isEqualTo(3);
  }

  /// §5.3: one slow follower slows nobody down.
  @Test
  void aFollowerThatNeverAnswersHoldsNobodyUp() {
    Subject n1 = followedLeader(PLAIN, 3);

    for (int command = 0; command < 1_000; command++) {
      n1.acceptLast(N2, n1.propose("x"));
    }

    assertThat(n1.status().commitIndex()).isEqualTo(1_002);
  }

  /// A leader that steps down does not know what becomes of what it has not committed, and says so:
  /// the entries may be committed yet.
  @Test
  void whoWaitsIsToldWhenTheLeaderStepsDown() {
    Subject n1 = followedLeader(PLAIN, 3);
    n1.propose("x");

    List<Effect> effects = n1.receive(N3, new AppendEntries(9, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(Subject.only(effects, Effect.Answer.class))
        .containsExactly(
            new Effect.Answer(
                new RequestId(1), new Refused(Refusal.LEADERSHIP_LOST, ServerId.NOBODY)));
    assertThat(Refusal.LEADERSHIP_LOST.isDefinite()).isFalse();
  }

  /// An entry belongs to the request that made it. If another leader puts another entry in its
  /// place, the request has no part in that.
  @Test
  void aRequestIsNotAnsweredByAnothersEntry() {
    Subject n1 = followedLeader(PLAIN, 3);
    n1.propose("x");
    n1.receive(N3, new AppendEntries(9, new LogPosition(2, 4), List.of(command(3, 9, "y")), 0, 1));

    List<Effect> effects =
        n1.receive(N3, new AppendEntries(9, new LogPosition(3, 9), List.of(), 3, 2));

    assertThat(Subject.only(effects, Apply.class))
        .contains(new Apply(command(3, 9, "y"), RequestId.NOBODY));
    assertThat(n1.executed()).containsExactly("a1", "b4", "y");
  }

  /// §8: a server that does not lead refuses a client, and says who leads as far as it has heard.
  @Test
  void aFollowerNamesTheLeader() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    List<Effect> early = n1.propose("x");
    n1.receive(N3, new AppendEntries(4, LogPosition.ZERO, List.of(), 0, 1));
    List<Effect> later = n1.propose("x");

    assertThat(Stream.concat(early.stream(), later.stream()))
        .containsExactly(
            new Effect.Answer(new RequestId(1), new Refused(Refusal.NOT_LEADER, ServerId.NOBODY)),
            new Effect.Answer(new RequestId(2), new Refused(Refusal.NOT_LEADER, N3)));
    assertThat(Refusal.NOT_LEADER.isDefinite()).isTrue();
  }

  /// §8: a leader starts its term with an empty entry. With it, all that earlier leaders left is
  /// committed without a client.
  @Test
  void aLeaderStartsItsTermWithANoOp() {
    Subject n1 = Subject.follower(RaftOptions.DEFAULTS, 3, 4, "1,4");

    List<Effect> effects = n1.win();
    List<Effect> commit = n1.acceptLast(N2, effects);

    assertThat(n1.log().at(3)).isEqualTo(new Entry(3, 5, new Content.Noop()));
    assertThat(n1.status().commitIndex()).isEqualTo(3);
    assertThat(Subject.only(commit, Apply.class)).hasSize(3);
    assertThat(n1.executed()).containsExactly("a1", "b4");
  }

  /// Without it, what earlier leaders left waits for a client.
  @Test
  void aLeaderWithoutANoOpHasNothingToSay() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    assertThat(n1.terms()).isEqualTo("1,4");
  }
}
