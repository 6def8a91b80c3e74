package dev.labrys.raft;

import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.N4;
import static dev.labrys.raft.Subject.N5;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Apply;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Conflict;
import dev.labrys.raft.Status.RoleName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// §5.3 of the paper, and the rules of Figure 2 for replication, as far as followers go.
final class ReplicationPaperTest {

  private static AppendEntries append(
      long term, LogPosition previous, String terms, long commitIndex) {
    return new AppendEntries(term, previous, after(previous.index(), terms), commitIndex, 7);
  }

  /// Entries after `index`, one for each of `terms`.
  private static List<Entry> after(long index, String terms) {
    List<Entry> entries = new ArrayList<>();
    if (!terms.isEmpty()) {
      for (String term : terms.split(",", -1)) {
        entries.add(Logs.entry(index + entries.size() + 1, Long.parseLong(term)));
      }
    }
    return entries;
  }

  /// §5.3: a follower refuses entries if its log does not have the one before them, with the same
  /// index and term. It says what it has there instead.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // log | previous index and term | the conflict: term, first index of it, last index
        "1,1     | 3 | 1 | 0 | 3 | 2",
        "1,1     | 9 | 4 | 0 | 3 | 2",
        "''      | 1 | 1 | 0 | 1 | 0",
        "1,1,2   | 3 | 3 | 2 | 3 | 3",
        "1,2,2,2 | 4 | 3 | 2 | 2 | 4",
        "1,2,2,2 | 3 | 3 | 2 | 2 | 4",
        "4,4     | 1 | 3 | 4 | 1 | 2",
      })
  void aFollowerRefusesWhatItCantContinue(
      String log, long index, long term, long conflictTerm, long first, long last) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, log);
    Stored before = n1.stored();

    Message reply = n1.reply(N2, append(5, new LogPosition(index, term), "5", 0));

    assertThat(reply)
        .isEqualTo(new AppendRejected(5, 7, index, new Conflict(conflictTerm, first, last)));
    assertThat(n1.terms()).isEqualTo(log);
    assertThat(n1.stored()).isEqualTo(before);
  }

  /// Figure 2, AppendEntries 3 and 4: where an entry has another term than the leader's, it goes,
  /// and all that follows it; then what is missing is appended.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // log | previous index and term | entries | log after that
        "''        | 0 | 0 | 1,1     | 1,1",
        "1,1       | 2 | 1 | 5       | 1,1,5",
        "1,1,2     | 2 | 1 | 5       | 1,1,5",
        "1,1,2,2,2 | 2 | 1 | 5       | 1,1,5",
        "1,1,2,2,2 | 2 | 1 | 2,3     | 1,1,2,3",
        "1,1,2,2,2 | 2 | 1 | 2,2,2,3 | 1,1,2,2,2,3",
        "2,2       | 0 | 0 | 1,1,1   | 1,1,1",
        "4,4,4     | 0 | 0 | 1       | 1",
      })
  void aFollowerTakesOverWhatTheLeaderHas(
      String log, long index, long term, String entries, String after) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, log);

    Message reply = n1.reply(N2, append(5, new LogPosition(index, term), entries, 0));

    assertThat(reply).isInstanceOf(AppendAccepted.class);
    assertThat(n1.terms()).isEqualTo(after);
    assertThat(n1.stored().entries()).isEqualTo(Logs.ofTerms(after));
  }

  /// Figure 2: only a conflict deletes. A message that came late says nothing about what a later
  /// one has brought.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0 | 1,1", "0 | 0 | ''", "2 | 1 | 5", "1 | 1 | 1,5", "2 | 1 | ''"})
  void aFollowerKeepsWhatALateMessageDoesNotHave(long index, long term, String entries) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,5,5");

    List<Effect> effects = n1.receive(N2, append(5, new LogPosition(index, term), entries, 0));

    assertThat(n1.terms()).isEqualTo("1,1,5,5");
    assertThat(Subject.only(effects, Persist.class)).isEmpty();
  }

  /// What is accepted is what the message vouches for, not what the follower happens to have.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0 | '' | 0", "1 | 1 | '' | 1", "1 | 1 | 1 | 2", "2 | 1 | 5,5 | 4"})
  void aFollowerAcceptsNoMoreThanItWasSent(long index, long term, String entries, long match) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,2,2,2");

    Message reply = n1.reply(N2, append(5, new LogPosition(index, term), entries, 0));

    assertThat(reply).isEqualTo(new AppendAccepted(5, 7, match));
  }

  /// Figure 2, persistent state: entries are on stable storage before they are accepted.
  @Test
  void aFollowerStoresEntriesBeforeItAcceptsThem() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1");
    AppendEntries append = append(5, new LogPosition(2, 1), "5", 0);

    List<Effect> before = n1.tellWithSlowDisk(new Input.Received(N2, append));
    List<Effect> after = n1.diskCatchesUp();

    assertThat(Subject.messages(before, N2)).isEmpty();
    assertThat(after)
        .startsWith(
            new Persist(new HardState(5, ServerId.NOBODY), List.of(Logs.entry(3, 5))),
            new Effect.Send(N2, new AppendAccepted(5, 7, 3)));
  }

  /// The same message again, while the disk still writes what the first one brought, must not be
  /// accepted any sooner.
  @Test
  void aFollowerDoesNotAcceptTwiceWhatIsNotStoredOnce() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1");
    AppendEntries append = append(5, new LogPosition(2, 1), "5", 0);
    n1.tellWithSlowDisk(new Input.Received(N2, append));

    List<Effect> before = n1.tellWithSlowDisk(new Input.Received(N2, append));
    List<Effect> after = n1.diskCatchesUp();

    assertThat(before).isEmpty();
    assertThat(Subject.messages(after, N2)).hasSize(2).containsOnly(new AppendAccepted(5, 7, 3));
  }

  /// §5.5: a message that comes again does no harm. Entries that are there already are ignored.
  @Test
  void aFollowerAnswersTheSameMessageTheSameWay() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1");
    AppendEntries append = append(5, new LogPosition(2, 1), "5,5", 3);
    Message first = n1.reply(N2, append);
    Status before = n1.status();

    List<Effect> again = n1.receive(N2, append);

    assertThat(again).containsExactly(new Effect.Send(N2, first));
    assertThat(n1.status()).isEqualTo(before);
  }

  /// Figure 2, AppendEntries 5: a follower's commit index becomes the leader's, but not more than
  /// the index of the last entry that the message vouches for.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // previous index and term | entries | leader's commit index | follower's
        "2 | 1 | 5,5 | 0 | 0",
        "2 | 1 | 5,5 | 3 | 3",
        "2 | 1 | 5,5 | 4 | 4",
        "2 | 1 | 5,5 | 9 | 4",
        "2 | 1 | ''  | 9 | 2",
        "1 | 1 | ''  | 9 | 1",
        "0 | 0 | ''  | 9 | 0",
      })
  void aFollowerCommitsWhatItIsToldAndHas(
      long index, long term, String entries, long leaderCommit, long commit) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,2,2,2");

    n1.receive(N2, append(5, new LogPosition(index, term), entries, leaderCommit));

    assertThat(n1.status().commitIndex()).isEqualTo(commit);
    assertThat(n1.status().lastApplied()).isEqualTo(commit);
  }

  /// A refused message commits nothing: who knows what the log has there.
  @Test
  void aFollowerCommitsNothingWithAMessageItRefuses() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,2,2,2");

    n1.receive(N2, append(5, new LogPosition(5, 4), "", 5));

    assertThat(n1.status().commitIndex()).isZero();
  }

  /// Figure 2: the commit index only grows.
  @Test
  void aFollowersCommitIndexNeverGoesBack() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,5");
    n1.receive(N2, append(5, new LogPosition(3, 5), "", 3));

    n1.receive(N2, append(5, new LogPosition(1, 1), "", 1));

    assertThat(n1.status().commitIndex()).isEqualTo(3);
  }

  /// §5.3: a follower applies what it learns to be committed, in the order of the log. It does so
  /// after the entry is stored.
  @Test
  void aFollowerAppliesWhatIsCommittedInOrder() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1");

    List<Effect> effects = n1.receive(N2, append(5, new LogPosition(2, 1), "5,5", 3));

    assertThat(Subject.only(effects, Apply.class))
        .containsExactly(
            new Apply(Logs.entry(1, 1), RequestId.NOBODY),
            new Apply(Logs.entry(2, 1), RequestId.NOBODY),
            new Apply(Logs.entry(3, 5), RequestId.NOBODY));
    assertThat(effects.getFirst()).isInstanceOf(Persist.class);
    assertThat(n1.executed()).containsExactly("a1", "b1", "c5");
  }

  /// Figure 2: the commit index and what is applied are not stored: a server that starts anew
  /// learns from its leader.
  @Test
  void aServerStartsWithNothingCommitted() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,5");
    n1.receive(N2, append(5, new LogPosition(3, 5), "", 3));

    n1.restart();

    assertThat(n1.status().commitIndex()).isZero();
    assertThat(n1.executed()).isEmpty();
    assertThat(n1.terms()).isEqualTo("1,1,5");
    n1.receive(N2, append(5, new LogPosition(3, 5), "", 3));
    assertThat(n1.executed()).containsExactly("a1", "b1", "c5");
  }

  /// What was deleted on account of a conflict does not come back with a restart.
  @Test
  void whatWasDeletedStaysDeleted() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,2,2,2");
    n1.receive(N2, append(5, new LogPosition(2, 1), "5", 0));

    n1.restart();

    assertThat(n1.terms()).isEqualTo("1,1,5");
  }

  /// §5.3, Figure 7: whichever of these logs a follower has when a leader comes to power, it ends
  /// up with the leader's – with at most one refusal for each term in which they differ, and one if
  /// the log ends too early.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the follower's log | most refusals
        "1,1,1,4,4,5,5,6,6             | 1", // (a)
        "1,1,1,4                       | 1", // (b)
        "1,1,1,4,4,5,5,6,6,6,6         | 0", // (c)
        "1,1,1,4,4,5,5,6,6,6,7,7       | 0", // (d)
        "1,1,1,4,4,4,4                 | 2", // (e)
        "1,1,1,2,2,2,3,3,3,3,3         | 3", // (f)
        "''                            | 1", // an empty disk
      })
  void everyLogOfFigure7ComesToAgreeWithTheLeaders(String followers, int mostRefusals) {
    Subject leader = Subject.leader(PLAIN, 3, 7, "1,1,1,4,4,5,5,6,6,6");
    List<Effect> effects = leader.propose("x");
    Subject follower = Subject.follower(PLAIN, 3, 7, followers);
    int refusals = -1;

    // The follower is n2 to the leader; the leader is n2 to the follower.
    Message reply = null;
    for (int messages = 0; messages < 20 && !(reply instanceof AppendAccepted); messages++) {
      List<AppendEntries> sent = Subject.messages(effects, N2, AppendEntries.class);
      if (sent.isEmpty()) {
        effects = leader.advance(PLAIN.heartbeatNanos());
      } else {
        reply = follower.reply(N2, sent.getLast());
        refusals++;
        effects = leader.receive(N2, reply);
      }
    }
    for (AppendEntries rest : Subject.messages(effects, N2, AppendEntries.class)) {
      follower.receive(N2, rest);
    }

    assertThat(follower.terms()).isEqualTo("1,1,1,4,4,5,5,6,6,6,8");
    assertThat(refusals).isLessThanOrEqualTo(mostRefusals);
  }

  /// §5.4.1: the one safe way for a follower's log to change is to follow; what it knows to be
  /// committed can't be replaced, whoever asks for it.
  @Test
  void whatIsCommittedIsNotReplaced() {
    Subject n1 = Subject.follower(PLAIN, 3, 5, "1,1,5");
    n1.receive(N2, append(5, new LogPosition(3, 5), "", 3));

    List<Effect> effects = new ArrayList<>();
    try {
      effects.addAll(n1.receive(N3, append(6, new LogPosition(1, 1), "6", 0)));
    } catch (IllegalStateException refusal) {
      assertThat(refusal).hasMessageContaining("committed");
    }

    assertThat(Subject.only(effects, Persist.class)).allMatch(write -> write.entries().isEmpty());
    assertThat(n1.stored().entries()).isEqualTo(Logs.ofTerms("1,1,5"));
  }

  /// A follower has no use for what only leaders are told.
  @Test
  void aFollowerIgnoresAnswers() {
    Subject n1 = Subject.follower(PLAIN, 5, 5, "1,1,5");
    Status before = n1.status();

    for (ServerId other : List.of(N2, N3, N4, N5)) {
      assertThat(n1.receive(other, new AppendAccepted(5, 1, 3))).isEmpty();
      assertThat(n1.receive(other, new AppendRejected(5, 1, 3, new Conflict(0, 1, 0)))).isEmpty();
    }

    assertThat(n1.status()).isEqualTo(before);
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }
}
