package dev.labrys.raft;

import static dev.labrys.raft.Subject.N2;
import static dev.labrys.raft.Subject.N3;
import static dev.labrys.raft.Subject.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.raft.Effect.Apply;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.Restore;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.Effect.TakeSnapshot;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.AppendRejected;
import dev.labrys.raft.Message.Conflict;
import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.SnapshotReply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// §7 and Figure 13 of the paper: snapshots.
final class SnapshotPaperTest {
  private static final Configuration THREE = Configuration.ofVoters(3);
  private static final RaftOptions IN_PIECES = PLAIN.with("snapshot-chunk", "4");

  private static InstallSnapshot piece(LogPosition last, int offset, String chunk, int size) {
    return new InstallSnapshot(5, last, THREE, offset, Bytes.of(chunk), size, 7);
  }

  private static Snapshot snapshot(LogPosition last, String state) {
    return new Snapshot(last, THREE, Bytes.of(state));
  }

  /// A follower of n2 in term 5 with this log, of which `committed` entries are committed.
  private static Subject follower(String terms, long committed) {
    Subject n1 = Subject.follower(PLAIN, 3, 5, terms);
    List<Entry> entries = Logs.ofTerms(terms);
    LogPosition last = entries.isEmpty() ? LogPosition.ZERO : entries.getLast().position();
    n1.receive(N2, new AppendEntries(5, last, List.of(), committed, 1));
    return n1;
  }

  /// A leader of term 5 that has replaced the first three of its four entries by a snapshot, and
  /// heard that n2 lacks everything. Gives what it does about that.
  private static List<Effect> snapshotTo(Subject n1) {
    List<Effect> beats = n1.win();
    n1.acceptLast(N3, beats);
    n1.acceptLast(N3, n1.propose("x"));
    n1.tell(new Input.SnapshotTaken(3, Bytes.of("0123456789")));
    AppendEntries probe = Subject.messages(beats, N2, AppendEntries.class).getLast();
    return n1.receive(
        N2, new AppendRejected(5, probe.round(), probe.previous().index(), new Conflict(0, 1, 0)));
  }

  private static InstallSnapshot lastPiece(List<Effect> effects) {
    return Subject.messages(effects, N2, InstallSnapshot.class).getLast();
  }

  private static SnapshotReply arrived(InstallSnapshot piece, int nextOffset) {
    return new SnapshotReply(piece.term(), piece.last(), nextOffset, piece.round());
  }

  /// §7: a server takes a snapshot of its own accord, of what it has committed. It replaces the log
  /// up to there, and says where that was, and what the cluster was.
  @Test
  void aSnapshotReplacesTheLogUpToIt() {
    Subject n1 = follower("1,1,4,5", 3);

    List<Effect> effects = n1.tell(new Input.SnapshotTaken(2, Bytes.of("a1,b1")));

    assertThat(effects).containsExactly(new SaveSnapshot(snapshot(new LogPosition(2, 1), "a1,b1")));
    assertThat(n1.log().snapshot()).isEqualTo(new LogPosition(2, 1));
    assertThat(n1.terms()).isEqualTo("4,5");
    assertThat(n1.stored().entries()).hasSize(2);
  }

  /// §7: a snapshot covers what is committed and applied, and nothing else.
  @Test
  void aSnapshotOfWhatIsNotAppliedMakesNoSense() {
    Subject n1 = follower("1,1,4,5", 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> n1.tell(new Input.SnapshotTaken(4, Bytes.of("?"))));
  }

  /// An older snapshot than the one there is adds nothing.
  @Test
  void anOlderSnapshotIsIgnored() {
    Subject n1 = follower("1,1,4,5", 3);
    n1.tell(new Input.SnapshotTaken(3, Bytes.of("a1,b1,c4")));

    List<Effect> effects = n1.tell(new Input.SnapshotTaken(2, Bytes.of("a1,b1")));

    assertThat(effects).isEmpty();
    assertThat(n1.log().snapshot()).isEqualTo(new LogPosition(3, 4));
  }

  /// §7: a snapshot is taken when the log has reached a certain size – once, until it is there.
  @Test
  void aSnapshotIsAskedForOnceTheLogIsLong() {
    Subject n1 = Subject.leader(PLAIN.with("snapshot-entries", "3"), 1, 4, "");
    assertThat(Subject.only(n1.propose("a"), TakeSnapshot.class)).isEmpty();
    assertThat(Subject.only(n1.propose("b"), TakeSnapshot.class)).isEmpty();

    assertThat(Subject.only(n1.propose("c"), TakeSnapshot.class)).hasSize(1);
    assertThat(Subject.only(n1.propose("d"), TakeSnapshot.class)).isEmpty();
    n1.tell(new Input.SnapshotTaken(4, Bytes.of("a,b,c,d")));

    assertThat(Subject.only(n1.propose("e"), TakeSnapshot.class)).isEmpty();
    assertThat(Subject.only(n1.propose("f"), TakeSnapshot.class)).isEmpty();
    assertThat(Subject.only(n1.propose("g"), TakeSnapshot.class)).hasSize(1);
  }

  /// §7: the last included index and term are kept for the consistency check of the first entry
  /// after the snapshot.
  @Test
  void theSeamBetweenSnapshotAndLogIsChecked() {
    Subject n1 = follower("1,1,4,5", 3);
    n1.tell(new Input.SnapshotTaken(3, Bytes.of("a1,b1,c4")));

    Message right = n1.reply(N2, new AppendEntries(5, new LogPosition(3, 4), List.of(), 3, 2));
    n1.restart();
    Message again = n1.reply(N2, new AppendEntries(5, new LogPosition(3, 4), List.of(), 3, 3));

    assertThat(right).isEqualTo(new AppendAccepted(5, 2, 3));
    assertThat(again).isEqualTo(new AppendAccepted(5, 3, 3));
  }

  /// What a snapshot has replaced was committed, so it is what the leader has: entries before its
  /// end are skipped, those after it are taken.
  @Test
  void entriesThatTheSnapshotCoversAreSkipped() {
    Subject n1 = follower("1,1,4", 3);
    n1.tell(new Input.SnapshotTaken(3, Bytes.of("a1,b1,c4")));

    Message reply =
        n1.reply(
            N2,
            new AppendEntries(
                5, new LogPosition(1, 1), Logs.ofTerms("1,1,4,5").subList(1, 4), 3, 2));

    assertThat(reply).isEqualTo(new AppendAccepted(5, 2, 4));
    assertThat(n1.terms()).isEqualTo("5");
    assertThat(n1.log().snapshot()).isEqualTo(new LogPosition(3, 4));
  }

  /// §7: a server that starts anew resets its state machine to the snapshot, and has that much
  /// committed.
  @Test
  void aServerStartsFromItsSnapshot() {
    Subject n1 = follower("1,1,4,5", 3);
    n1.tell(new Input.SnapshotTaken(2, Bytes.of("a1,b1")));

    List<Effect> effects = n1.restart();

    assertThat(effects).containsExactly(new Restore(snapshot(new LogPosition(2, 1), "a1,b1")));
    assertThat(n1.executed()).containsExactly("a1", "b1");
    assertThat(n1.status().commitIndex()).isEqualTo(2);
    assertThat(n1.status().lastApplied()).isEqualTo(2);
    assertThat(n1.terms()).isEqualTo("4,5");
    n1.receive(N2, new AppendEntries(5, new LogPosition(4, 5), List.of(), 4, 2));
    assertThat(n1.executed()).containsExactly("a1", "b1", "c4", "d5");
  }

  /// §7: the leader sends its snapshot when it has already discarded the next log entry that a
  /// follower needs. Figure 13: in pieces, with the offset of each.
  @Test
  void aLeaderSendsWhatItHasInTheLogNoMore() {
    Subject n1 = Subject.follower(IN_PIECES, 3, 4, "1,1,4");

    List<Effect> effects = snapshotTo(n1);

    assertThat(Subject.messages(effects, N2))
        .containsExactly(
            new InstallSnapshot(
                5,
                new LogPosition(3, 4),
                THREE,
                0,
                Bytes.of("0123"),
                10,
                lastPiece(effects).round()));
  }

  /// Figure 13: the leader goes on to the next piece when it knows that the one before has arrived,
  /// and to the log when all have.
  @Test
  void aLeaderSendsPieceAfterPieceAndThenTheLog() {
    Subject n1 = Subject.follower(IN_PIECES, 3, 4, "1,1,4");
    InstallSnapshot first = lastPiece(snapshotTo(n1));

    InstallSnapshot second = lastPiece(n1.receive(N2, arrived(first, 4)));
    InstallSnapshot third = lastPiece(n1.receive(N2, arrived(second, 8)));
    List<Effect> effects = n1.receive(N2, arrived(third, 10));

    assertThat(second.offset()).isEqualTo(4);
    assertThat(second.chunk()).isEqualTo(Bytes.of("4567"));
    assertThat(third.offset()).isEqualTo(8);
    assertThat(third.chunk()).isEqualTo(Bytes.of("89"));
    assertThat(Subject.messages(effects, N2, AppendEntries.class))
        .singleElement()
        .satisfies(append -> assertThat(append.previous()).isEqualTo(new LogPosition(3, 4)))
        .satisfies(append -> assertThat(append.entries()).hasSize(1));
  }

  /// A piece or its answer may get lost, so the piece is sent again; and a snapshot shows, as a
  /// heartbeat does, that the leader is there.
  @Test
  void aLostPieceIsSentAgain() {
    Subject n1 = Subject.follower(IN_PIECES, 3, 4, "1,1,4");
    InstallSnapshot first = lastPiece(snapshotTo(n1));

    InstallSnapshot again = lastPiece(n1.advance(IN_PIECES.heartbeatNanos()));

    assertThat(again.chunk()).isEqualTo(first.chunk());
    assertThat(again.round()).isGreaterThan(first.round());
  }

  /// Where answers take longer than the time between two heartbeats, every piece has been sent
  /// again before it is answered. The answer is an answer all the same.
  @Test
  void aSnapshotArrivesThoughAnswersAreSlowerThanHeartbeats() {
    Subject n1 = Subject.follower(IN_PIECES, 3, 4, "1,1,4");
    InstallSnapshot piece = lastPiece(snapshotTo(n1));

    for (int arrived = 4; arrived <= 8; arrived += 4) {
      n1.advance(IN_PIECES.heartbeatNanos());
      List<Effect> effects = n1.receive(N2, arrived(piece, arrived));
      assertThat(Subject.messages(effects, N2)).hasSize(1);
      piece = lastPiece(effects);
      assertThat(piece.offset()).isEqualTo(arrived);
    }
    n1.advance(IN_PIECES.heartbeatNanos());
    List<Effect> effects = n1.receive(N2, arrived(piece, 10));

    assertThat(Subject.messages(effects, N2, AppendEntries.class)).hasSize(1);
  }

  /// An answer that comes twice, or that another has overtaken, sends nothing twice.
  @Test
  void anAnswerThatWasOvertakenSendsNothing() {
    Subject n1 = Subject.follower(IN_PIECES, 3, 4, "1,1,4");
    InstallSnapshot first = lastPiece(snapshotTo(n1));
    InstallSnapshot again = lastPiece(n1.advance(IN_PIECES.heartbeatNanos()));
    n1.receive(N2, arrived(first, 4));

    List<Effect> repeated = n1.receive(N2, arrived(again, 4));
    List<Effect> twice = n1.receive(N2, arrived(first, 4));

    assertThat(repeated).isEmpty();
    assertThat(twice).isEmpty();
  }

  /// A follower that crashed has lost what had arrived, and says so.
  @Test
  void aTransferStartsAgainWhereTheFollowerSays() {
    Subject n1 = Subject.follower(IN_PIECES, 3, 4, "1,1,4");
    InstallSnapshot first = lastPiece(snapshotTo(n1));
    InstallSnapshot second = lastPiece(n1.receive(N2, arrived(first, 4)));

    InstallSnapshot next = lastPiece(n1.receive(N2, arrived(second, 0)));

    assertThat(next.offset()).isZero();
  }

  /// What is known to be at the follower once the snapshot is there counts like any copy.
  @Test
  void aFollowerWithTheSnapshotHasItsEntries() {
    Subject n1 = Subject.follower(PLAIN, 3, 4, "1,1,4");
    InstallSnapshot whole = lastPiece(snapshotTo(n1));
    List<Effect> effects = n1.receive(N2, arrived(whole, 10));

    n1.acceptLast(N2, effects);
    assertThat(n1.status().commitIndex()).isEqualTo(4);
    n1.acceptLast(N2, n1.propose("y"));

    assertThat(n1.status().commitIndex()).isEqualTo(5);
  }

  /// Figure 13, 2 to 4: a first piece starts a new snapshot, each is written at its offset, and
  /// answered while more is to come. 5 and 8: the last one is stored, and the state machine reset –
  /// in this order.
  @Test
  void aFollowerPutsThePiecesTogether() {
    Subject n1 = follower("1", 1);
    LogPosition last = new LogPosition(7, 4);

    Message one = n1.reply(N2, piece(last, 0, "ab", 5));
    Message two = n1.reply(N2, piece(last, 2, "cd", 5));
    List<Effect> effects = n1.receive(N2, piece(last, 4, "e", 5));

    assertThat(one).isEqualTo(new SnapshotReply(5, last, 2, 7));
    assertThat(two).isEqualTo(new SnapshotReply(5, last, 4, 7));
    assertThat(effects)
        .containsExactly(
            new SaveSnapshot(snapshot(last, "abcde")),
            new Restore(snapshot(last, "abcde")),
            new Effect.Send(N2, new SnapshotReply(5, last, 5, 7)));
    assertThat(n1.stored().snapshot()).isEqualTo(snapshot(last, "abcde"));
    assertThat(n1.status().commitIndex()).isEqualTo(7);
    assertThat(n1.status().lastApplied()).isEqualTo(7);
  }

  /// A snapshot may be of nothing: an empty state is a state.
  @Test
  void anEmptySnapshotIsASnapshot() {
    Subject n1 = follower("1", 1);
    LogPosition last = new LogPosition(7, 4);

    Message reply = n1.reply(N2, piece(last, 0, "", 0));

    assertThat(reply).isEqualTo(new SnapshotReply(5, last, 0, 7));
    assertThat(n1.log().snapshot()).isEqualTo(last);
  }

  /// Pieces may come twice or out of order; each is taken once, in its place.
  @Test
  void piecesThatComeTwiceOrTooEarlyAreNotMixedUp() {
    Subject n1 = follower("1", 1);
    LogPosition last = new LogPosition(7, 4);

    assertThat(n1.reply(N2, piece(last, 2, "cd", 5))).isEqualTo(new SnapshotReply(5, last, 0, 7));
    n1.receive(N2, piece(last, 0, "ab", 5));
    assertThat(n1.reply(N2, piece(last, 0, "ab", 5))).isEqualTo(new SnapshotReply(5, last, 2, 7));
    assertThat(n1.reply(N2, piece(last, 4, "e", 5))).isEqualTo(new SnapshotReply(5, last, 2, 7));
    n1.receive(N2, piece(last, 2, "cd", 5));
    n1.receive(N2, piece(last, 4, "e", 5));

    assertThat(n1.stored().snapshot().state()).isEqualTo(Bytes.of("abcde"));
  }

  /// Figure 13, 5: a partial snapshot is discarded for another one.
  @Test
  void piecesOfAnotherSnapshotStartAnew() {
    Subject n1 = follower("1", 1);
    LogPosition newer = new LogPosition(9, 5);
    n1.receive(N2, piece(new LogPosition(7, 4), 0, "ab", 4));

    n1.receive(N2, piece(newer, 0, "wx", 4));
    n1.receive(N2, piece(newer, 2, "yz", 4));

    assertThat(n1.stored().snapshot()).isEqualTo(snapshot(newer, "wxyz"));
  }

  /// §7, Figure 13, 7: the snapshot usually has what the follower has not, and the follower
  /// discards its entire log. So it does if it has another entry there.
  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1,1,2,2", "1,1,2,2,2,2", "3,3,3"})
  void aLogThatDoesNotHaveTheSnapshotsLastEntryIsDiscarded(String terms) {
    Subject n1 = follower(terms, 0);
    LogPosition last = new LogPosition(4, 4);

    n1.receive(N2, piece(last, 0, "abcd", 4));

    assertThat(n1.log().last()).isEqualTo(last);
    assertThat(n1.terms()).isEmpty();
    assertThat(n1.stored().entries()).isEmpty();
    assertThat(n1.executed()).containsExactly("abcd");
  }

  /// §7, Figure 13, 6: if the snapshot describes a prefix of the log, what follows is still valid
  /// and must be retained – else something that was acknowledged might be lost.
  @Test
  void whatFollowsTheSnapshotIsRetained() {
    Subject n1 = follower("1,1,4,4,5,5", 0);
    LogPosition last = new LogPosition(4, 4);

    n1.receive(N2, piece(last, 0, "abcd", 4));

    assertThat(n1.log().snapshot()).isEqualTo(last);
    assertThat(n1.terms()).isEqualTo("5,5");
    assertThat(n1.stored().entries()).isEqualTo(Logs.ofTerms("1,1,4,4,5,5").subList(4, 6));
    assertThat(n1.executed()).containsExactly("abcd");
    assertThat(n1.status().commitIndex()).isEqualTo(4);
  }

  /// A snapshot of what the state machine has already – late, or sent by mistake – must not set it
  /// back.
  @Test
  void aSnapshotOfWhatIsAppliedChangesNothing() {
    Subject n1 = follower("1,1,4,4,5,5", 5);
    List<String> before = n1.executed();

    List<Effect> effects = n1.receive(N2, piece(new LogPosition(4, 4), 0, "ab", 4));

    assertThat(effects)
        .containsExactly(new Effect.Send(N2, new SnapshotReply(5, new LogPosition(4, 4), 4, 7)));
    assertThat(n1.executed()).isEqualTo(before);
    assertThat(n1.terms()).isEqualTo("1,1,4,4,5,5");
  }

  /// The same last piece again is answered again: its first answer may be lost.
  @Test
  void theLastPieceAgainIsAnsweredAgain() {
    Subject n1 = follower("1", 1);
    LogPosition last = new LogPosition(7, 4);
    n1.receive(N2, piece(last, 0, "ab", 2));

    assertThat(n1.receive(N2, piece(last, 0, "ab", 2)))
        .containsExactly(new Effect.Send(N2, new SnapshotReply(5, last, 2, 7)));
  }

  /// A snapshot, too, is stored before its arrival is confirmed.
  @Test
  void aSnapshotIsStoredBeforeItsArrivalIsConfirmed() {
    Subject n1 = follower("1", 1);
    LogPosition last = new LogPosition(7, 4);

    List<Effect> before = n1.tellWithSlowDisk(new Input.Received(N2, piece(last, 0, "ab", 2)));
    n1.restart();

    assertThat(before).isEmpty();
    assertThat(n1.log().last()).isEqualTo(new LogPosition(1, 1));
  }

  /// §7: a snapshot has the configuration as of its last entry – not one that is not committed.
  @Test
  void aSnapshotHasTheConfigurationAsOfItsEnd() {
    Subject n1 = follower("1,1", 2);
    Configuration joint =
        new Configuration(Configuration.ofVoters(2).voters(), THREE.voters(), List.of());
    Entry change = new Entry(3, 5, new Content.Membership(joint));
    n1.receive(N2, new AppendEntries(5, new LogPosition(2, 1), List.of(change), 2, 2));
    assertThat(n1.status().configuration()).isEqualTo(joint);

    n1.tell(new Input.SnapshotTaken(2, Bytes.of("a1,b1")));

    assertThat(n1.stored().snapshot().configuration()).isEqualTo(THREE);
    n1.restart();
    assertThat(n1.status().configuration()).isEqualTo(joint);
  }

  /// Figure 13, 8: the configuration is loaded from the snapshot.
  @Test
  void aFollowerTakesOverTheConfigurationOfASnapshot() {
    Subject n1 = follower("1", 1);
    Configuration five = Configuration.ofVoters(5);

    n1.receive(N2, new InstallSnapshot(5, new LogPosition(7, 4), five, 0, Bytes.of("ab"), 2, 7));

    assertThat(n1.status().configuration()).isEqualTo(five);
    assertThat(n1.stored().snapshot().configuration()).isEqualTo(five);
  }

  /// A configuration in what a snapshot discards is discarded with it.
  @Test
  void aConfigurationThatIsDiscardedIsForgotten() {
    Subject n1 = follower("1", 1);
    Configuration two = Configuration.ofVoters(2);
    Entry change = new Entry(2, 3, new Content.Membership(two));
    n1.receive(N2, new AppendEntries(5, new LogPosition(1, 1), List.of(change), 1, 2));

    n1.receive(N2, piece(new LogPosition(2, 4), 0, "ab", 2));

    assertThat(n1.status().configuration()).isEqualTo(THREE);
  }

  /// After a snapshot, the next entries continue it.
  @Test
  void theLogGoesOnAfterASnapshot() {
    Subject n1 = follower("1", 1);
    LogPosition last = new LogPosition(7, 4);
    n1.receive(N2, piece(last, 0, "ab", 2));

    List<Effect> effects =
        n1.receive(N2, new AppendEntries(5, last, List.of(Logs.entry(8, 5)), 8, 8));

    assertThat(effects)
        .containsExactly(
            new Persist(new HardState(5, ServerId.NOBODY), List.of(Logs.entry(8, 5))),
            new Effect.Send(N2, new AppendAccepted(5, 8, 8)),
            new Apply(Logs.entry(8, 5), RequestId.NOBODY));
    n1.restart();
    assertThat(n1.log().last()).isEqualTo(new LogPosition(8, 5));
  }
}
