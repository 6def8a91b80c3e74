package dev.labrys.raft;

import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Answer;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Conflict;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Response.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What goes out how fast, and that answers which come late, twice or out of order do no harm
/// (thesis §10.2).
final class FlowTest {

  /// A leader of term 5 with the log 1,4, which n2 and n3 have as well.
  private static Subject leader(RaftOptions options) {
    Subject n1 = Subject.follower(options, 3, 4, "1,4");
    List<Effect> beats = n1.win();
    n1.acceptLast(N2, beats);
    n1.acceptLast(N3, beats);
    return n1;
  }

  private static List<AppendEntries> appends(List<Effect> effects, ServerId to) {
    return Subject.messages(effects, to, AppendEntries.class);
  }

  /// Before it is known where the logs part, one message at a time.
  @Test
  void aLeaderProbesWithOneMessage() {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    assertThat(appends(n1.propose("x"), N2)).isEmpty();
    assertThat(appends(n1.propose("y"), N2)).isEmpty();
    List<Effect> answer = n1.receive(N2, new AppendAccepted(5, 1, 2));

    assertThat(appends(answer, N2))
        .singleElement()
        .satisfies(append -> assertThat(append.entries()).hasSize(2));
  }

  /// Then without waiting for answers, up to a limit.
  @Test
  void aLeaderSendsAheadUpToTheLimit() {
    Subject n1 = leader(PLAIN.with("pipeline", "2"));

    assertThat(appends(n1.propose("a"), N2)).hasSize(1);
    List<Effect> second = n1.propose("b");
    assertThat(appends(second, N2)).hasSize(1);
    assertThat(appends(n1.propose("c"), N2)).isEmpty();
    assertThat(appends(n1.propose("d"), N2)).isEmpty();
    List<Effect> answer = n1.acceptLast(N2, second);

    assertThat(appends(answer, N2))
        .singleElement()
        .satisfies(append -> assertThat(append.entries()).hasSize(2));
  }

  /// What comes at the same time goes out together, and is written at once.
  @Test
  void commandsThatComeTogetherGoOutInOneMessage() {
    Subject n1 = leader(PLAIN);

    List<Effect> effects =
        n1.tell(
            new Input.Together(
                List.of(
                    new Input.Proposed(n1.nextRequest(), Bytes.of("a")),
                    new Input.Proposed(n1.nextRequest(), Bytes.of("b")),
                    new Input.Proposed(n1.nextRequest(), Bytes.of("c")))));

    assertThat(appends(effects, N2))
        .singleElement()
        .satisfies(append -> assertThat(append.entries()).hasSize(3));
    assertThat(Subject.only(effects, Effect.Persist.class))
        .singleElement()
        .satisfies(write -> assertThat(write.entries()).hasSize(3));
  }

  /// A leader that hears of its successor at the same time as of a commitment answers first.
  @Test
  void whatIsCommittedIsAnsweredWhateverComesWithIt() {
    Subject n1 = leader(PLAIN);
    RequestId request = n1.nextRequest();
    List<Effect> sent = n1.tell(new Input.Proposed(request, Bytes.of("a")));
    AppendEntries append = appends(sent, N2).getFirst();

    List<Effect> effects =
        n1.tell(
            new Input.Together(
                List.of(
                    new Input.Received(
                        N2, new AppendAccepted(5, append.round(), append.lastIndex())),
                    new Input.Received(
                        N3, new AppendAccepted(5, append.round(), append.lastIndex())),
                    new Input.Received(
                        N3, new AppendEntries(6, new LogPosition(9, 6), List.of(), 0, 1)))));

    assertThat(Subject.only(effects, Effect.Apply.class))
        .extracting(Effect.Apply::request)
        .contains(request);
    assertThat(Subject.only(effects, Answer.class)).isEmpty();
  }

  /// An answer to a later message answers the earlier ones as well.
  @Test
  void aLaterAnswerStandsForTheEarlierOnes() {
    Subject n1 = leader(PLAIN);
    n1.propose("a");
    n1.propose("b");
    List<Effect> third = n1.propose("c");

    n1.acceptLast(N2, third);

    assertThat(n1.status().commitIndex()).isEqualTo(5);
  }

  /// Answers that come in the wrong order do not undo each other.
  @Test
  void anEarlierAnswerDoesNotUndoALaterOne() {
    Subject n1 = leader(PLAIN);
    List<Effect> first = n1.propose("a");
    List<Effect> second = n1.propose("b");
    n1.acceptLast(N2, second);

    List<Effect> effects = n1.acceptLast(N2, first);
    List<Effect> third = n1.propose("c");

    assertThat(effects).isEmpty();
    assertThat(appends(third, N2).getLast().previous().index()).isEqualTo(4);
    assertThat(n1.status().commitIndex()).isEqualTo(4);
  }

  /// The same answer twice is one copy, not two.
  @Test
  void theSameAnswerTwiceIsOneCopy() {
    Subject n1 = Subject.follower(PLAIN, 5, 4, "1,4");
    List<Effect> beats = n1.win();
    for (int other = 2; other <= 5; other++) {
      n1.acceptLast(new ServerId(other), beats);
    }
    List<Effect> effects = n1.propose("x");

    n1.acceptLast(N2, effects);
    n1.acceptLast(N2, effects);

    assertThat(n1.status().commitIndex()).isZero();
  }

  /// What matters is what the answer says was accepted, not how long the log has become since.
  @Test
  void anAnswerVouchesForWhatItWasSent() {
    Subject n1 = leader(PLAIN);
    List<Effect> first = n1.propose("a");
    n1.propose("b");

    n1.acceptLast(N2, first);

    assertThat(n1.status().commitIndex()).isEqualTo(3);
  }

  /// A late refusal of what has been accepted since changes nothing.
  @Test
  void aRefusalThatWasOvertakenIsIgnored() {
    Subject n1 = leader(PLAIN);
    List<Effect> effects = n1.propose("a");
    AppendEntries append = appends(effects, N2).getLast();
    n1.acceptLast(N2, effects);

    List<Effect> late =
        n1.receive(N2, new AppendRejected(5, append.round(), 2, new Conflict(0, 1, 0)));
    List<Effect> next = n1.propose("b");

    assertThat(late).isEmpty();
    assertThat(appends(next, N2).getLast().previous().index()).isEqualTo(3);
  }

  /// However wrong a refusal is, a leader does not go back behind what was accepted, nor ahead.
  @Test
  void aRefusalGoesBackNoFurtherThanWhatIsKnown() {
    Subject n1 = leader(PLAIN);
    n1.acceptLast(N2, n1.propose("a"));
    List<Effect> effects = n1.propose("b");
    AppendEntries append = appends(n1.propose("c"), N2).getLast();
    assertThat(effects).isNotEmpty();

    List<Effect> back =
        n1.receive(N2, new AppendRejected(5, append.round(), 4, new Conflict(9, 1, 99)));

    assertThat(appends(back, N2).getFirst().previous().index()).isBetween(3L, 4L);
  }

  /// When one of many messages is lost, the rest are refused; the leader goes back once, not once
  /// for each.
  @Test
  void aLostMessageIsSentAgainOnce() {
    Subject n1 = leader(PLAIN);
    n1.propose("lost");
    AppendEntries second = appends(n1.propose("b"), N2).getLast();
    AppendEntries third = appends(n1.propose("c"), N2).getLast();

    List<Effect> back =
        n1.receive(N2, new AppendRejected(5, second.round(), 3, new Conflict(0, 3, 2)));
    List<Effect> again =
        n1.receive(N2, new AppendRejected(5, third.round(), 4, new Conflict(0, 3, 2)));

    assertThat(appends(back, N2))
        .singleElement()
        .satisfies(append -> assertThat(append.previous().index()).isEqualTo(2))
        .satisfies(append -> assertThat(append.entries()).hasSize(3));
    assertThat(again).isEmpty();
  }

  /// Answers to what was never sent are no answers.
  @Test
  void anAnswerToNothingIsIgnored() {
    Subject n1 = leader(PLAIN);
    n1.propose("x");
    Status before = n1.status();

    List<Effect> accepted = n1.receive(N2, new AppendAccepted(5, 1_000, 3));
    List<Effect> stranger = n1.receive(new ServerId(9), new AppendAccepted(5, 1, 3));

    assertThat(accepted).isEmpty();
    assertThat(stranger).isEmpty();
    assertThat(n1.status()).isEqualTo(before);
  }

  /// A heartbeat is due when nothing was sent for its time: entries say as well that the leader is
  /// there, and are due no sooner for it.
  @Test
  void aFollowerThatJustGotEntriesNeedsNoHeartbeatInTheSameStep() {
    Subject n1 = leader(PLAIN);

    List<Effect> effects = n1.propose("x");

    assertThat(appends(effects, N2)).hasSize(1);
  }

  /// A message takes no more entries than it may.
  @Test
  void entriesGoOutInBatches() {
    Subject n1 = Subject.leader(PLAIN.with("batch-entries", "2"), 3, 4, "1,4");
    for (String command : List.of("a", "b", "c", "d", "e")) {
      n1.propose(command);
    }

    List<Effect> effects = n1.receive(N2, new AppendAccepted(5, 1, 2));

    assertThat(appends(effects, N2))
        .extracting(append -> append.entries().size())
        .containsExactly(2, 2, 1);
  }

  /// Nor more bytes than it may, unless a single entry has more.
  @Test
  void bytesGoOutInBatches() {
    Subject n1 = Subject.leader(PLAIN.with("batch-bytes", "4"), 3, 4, "1,4");
    for (String command : List.of("12", "34", "5", "678901", "2")) {
      n1.propose(command);
    }

    List<Effect> effects = n1.receive(N2, new AppendAccepted(5, 1, 2));

    assertThat(appends(effects, N2))
        .extracting(append -> append.entries().size())
        .containsExactly(2, 1, 1, 1);
  }

  /// Requests beyond the limit are refused, and leave no trace.
  @Test
  void tooManyCommandsAreRefused() {
    Subject n1 = leader(PLAIN.with("waiting-requests", "2"));
    n1.propose("a");
    List<Effect> second = n1.propose("b");

    List<Effect> effects = n1.propose("c");
    n1.acceptLast(N2, second);
    List<Effect> later = n1.propose("d");

    assertThat(effects)
        .containsExactly(new Answer(new RequestId(3), new Refused(Refusal.BUSY, N1)));
    assertThat(Refusal.BUSY.isDefinite()).isTrue();
    assertThat(appends(later, N2)).hasSize(1);
    assertThat(n1.executed()).containsExactly("a1", "b4", "a", "b");
  }
}
