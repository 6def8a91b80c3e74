package dev.labrys.raft;

import static dev.labrys.raft.Subject.N1;
import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.Conflict;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.ReadIndex;
import dev.labrys.raft.Message.ReadIndexReply;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.SnapshotReply;
import dev.labrys.raft.Message.TimeoutNow;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// §5.1 of the paper: terms, and what servers do about each other's.
final class TermsPaperTest {

  /// One message of each kind in `term`.
  private static List<Message> every(long term) {
    return List.of(
        new RequestVote(term, new LogPosition(9, 9), Campaign.ELECTION),
        new VoteReply(term, term, Campaign.ELECTION, false),
        new AppendEntries(term, LogPosition.ZERO, List.of(), 0, 1),
        new AppendAccepted(term, 1, 0),
        new AppendRejected(term, 1, 5, new Conflict(0, 1, 0)),
        new InstallSnapshot(
            term, new LogPosition(3, 1), Configuration.ofVoters(3), 0, Bytes.of("a"), 2, 1),
        new SnapshotReply(term, new LogPosition(3, 1), 1, 1),
        new TimeoutNow(term),
        new ReadIndex(term, 1),
        new ReadIndexReply(term, 1, 0));
  }

  private static Stream<Message> laterMessages() {
    return every(7).stream();
  }

  /// Every message of an earlier term, but the answers.
  private static Stream<Message> earlierRequests() {
    return every(2).stream().filter(message -> !message.isReply());
  }

  private static Stream<Message> earlierReplies() {
    return every(2).stream().filter(Message::isReply);
  }

  /// §5.1: of two servers, the one in the earlier term enters the later one.
  @ParameterizedTest
  @MethodSource("laterMessages")
  void aFollowerEntersALaterTerm(Message message) {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    n1.receive(N2, message);

    assertThat(n1.term()).isEqualTo(7);
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.stored().state().term()).isEqualTo(7);
  }

  /// §5.1: a candidate that learns of a later term is a follower at once.
  @ParameterizedTest
  @MethodSource("laterMessages")
  void aCandidateRevertsToFollowerInALaterTerm(Message message) {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    n1.receive(N2, message);

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(7);
  }

  /// §5.1: a leader that learns of a later term is a follower at once.
  @ParameterizedTest
  @MethodSource("laterMessages")
  void aLeaderRevertsToFollowerInALaterTerm(Message message) {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");

    n1.receive(N2, message);

    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
    assertThat(n1.term()).isEqualTo(7);
  }

  /// §5.1: a request of an earlier term is rejected. If it is answered, then with the current term
  /// (Figure 2), so that the sender learns of it.
  @ParameterizedTest
  @MethodSource("earlierRequests")
  void aRequestOfAnEarlierTermIsRejected(Message message) {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");
    Status before = n1.status();
    Stored storedBefore = n1.stored();
    long timer = n1.timerInNanos();

    List<Effect> effects = n1.receive(N2, message);

    assertThat(n1.status()).isEqualTo(before);
    assertThat(n1.stored()).isEqualTo(storedBefore);
    assertThat(n1.timerInNanos()).isEqualTo(timer);
    assertThat(Subject.messages(effects, N2)).allMatch(reply -> reply.term() == 4);
    assertThat(Subject.messages(effects, N2))
        .doesNotHaveAnyElementsOfTypes(AppendAccepted.class)
        .noneMatch(reply -> reply instanceof VoteReply vote && vote.isGranted());
  }

  /// Figure 2, RequestVote 1 and AppendEntries 1; Figure 13, 1: who asks in an earlier term is
  /// refused at once.
  @Test
  void aCandidateOrLeaderOfAnEarlierTermIsAnsweredWithTheCurrentTerm() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    assertThat(n1.reply(N2, every(2).get(0)))
        .isEqualTo(new VoteReply(4, 2, Campaign.ELECTION, false));
    assertThat(n1.reply(N2, every(2).get(2)).term()).isEqualTo(4);
    assertThat(n1.reply(N2, every(2).get(5)).term()).isEqualTo(4);
  }

  /// A reply of an earlier term answers a question that nobody asks any more.
  @ParameterizedTest
  @MethodSource("earlierReplies")
  void aLeaderIgnoresRepliesOfAnEarlierTerm(Message message) {
    Subject n1 = Subject.leader(PLAIN, 3, 4, "1,4");
    n1.propose("x");
    Status before = n1.status();

    List<Effect> effects = n1.receive(N2, message);

    assertThat(effects).isEmpty();
    assertThat(n1.status()).isEqualTo(before);
  }

  /// A reply of an earlier term answers a question that nobody asks any more.
  @ParameterizedTest
  @MethodSource("earlierReplies")
  void aCandidateIgnoresRepliesOfAnEarlierTerm(Message message) {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");
    Status before = n1.status();

    List<Effect> effects = n1.receive(N2, message);

    assertThat(effects).isEmpty();
    assertThat(n1.status()).isEqualTo(before);
  }

  /// Figure 2, persistent state: a term is on stable storage before anything is answered in it.
  @ParameterizedTest
  @MethodSource("laterMessages")
  void aLaterTermIsStoredBeforeAnythingIsSaid(Message message) {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,4");

    List<Effect> before = n1.tellWithSlowDisk(new Input.Received(N2, message));
    List<Effect> after = n1.diskCatchesUp();

    assertThat(Subject.messages(before, N2)).isEmpty();
    assertThat(after.getFirst()).isInstanceOf(Persist.class);
    assertThat(((Persist) after.getFirst()).state().term()).isEqualTo(7);
  }

  /// Figure 2: a vote belongs to its term. In a later one, the server has voted for nobody yet.
  @Test
  void aLaterTermHasAVoteOfItsOwn() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");
    assertThat(n1.status().votedFor()).isEqualTo(N1);

    n1.receive(N3, new AppendEntries(6, LogPosition.ZERO, List.of(), 0, 1));

    assertThat(n1.stored().state()).isEqualTo(new HardState(6, ServerId.NOBODY));
  }

  /// §5.1: terms only grow. They do so across restarts.
  @Test
  void aTermOutlivesACrash() {
    Subject n1 = Subject.candidate(PLAIN, 3, 4, "1,4");

    n1.restart();

    assertThat(n1.status().term()).isEqualTo(5);
    assertThat(n1.status().votedFor()).isEqualTo(N1);
    assertThat(n1.role()).isEqualTo(RoleName.FOLLOWER);
  }
}
