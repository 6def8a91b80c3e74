package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class WireTest {
  private static final int RUNS = 5_000;

  private static final Configuration JOINT =
      new Configuration(servers(1, 2), servers(2, 300), servers(4));

  private interface Decoder<T> {
    T decode(Bytes bytes) throws WireFormatException;
  }

  private static List<ServerId> servers(int... numbers) {
    return Arrays.stream(numbers).mapToObj(ServerId::new).toList();
  }

  private static Bytes bytes(String hex) {
    return Bytes.copyOf(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /// Whoever changes these changes what servers of different versions say to each other.
  private static Stream<Arguments> everyMessage() {
    LogPosition last = new LogPosition(300, 4);
    List<Entry> entries =
        List.of(
            new Entry(301, 4, new Content.Noop()),
            new Entry(302, 5, new Content.Command(Bytes.of("abc"))),
            new Entry(303, 5, new Content.Membership(JOINT)));
    return Stream.of(
        Arguments.of(
            new Message.RequestVote(5, last, Message.Campaign.PRE_VOTE), "01 01 05 ac02 04 00"),
        Arguments.of(
            new Message.RequestVote(5, last, Message.Campaign.ELECTION), "01 01 05 ac02 04 01"),
        Arguments.of(
            new Message.RequestVote(5, last, Message.Campaign.TRANSFER), "01 01 05 ac02 04 02"),
        Arguments.of(
            new Message.VoteReply(5, 6, Message.Campaign.ELECTION, true), "01 02 05 06 01 01"),
        Arguments.of(
            new Message.VoteReply(5, 6, Message.Campaign.PRE_VOTE, false), "01 02 05 06 00 00"),
        Arguments.of(
            new Message.AppendEntries(5, last, entries, 299, 7),
            "01 03 05 ac02 04 ab02 07 03 ad02 04 00 ae02 05 01 03 616263 af02 05 02 02 01 02 02 02"
                + " ac02 01 04"),
        Arguments.of(new Message.AppendAccepted(5, 7, 303), "01 04 05 07 af02"),
        Arguments.of(
            new Message.AppendRejected(5, 7, 300, new Message.Conflict(3, 128, 200)),
            "01 05 05 07 ac02 03 8001 c801"),
        Arguments.of(
            new Message.InstallSnapshot(
                5, last, Configuration.ofVoters(3), 128, Bytes.of("xyz"), 131, 7),
            "01 06 05 ac02 04 03 01 02 03 00 00 8001 03 78797a 8301 07"),
        Arguments.of(new Message.SnapshotReply(5, last, 131, 7), "01 07 05 ac02 04 8301 07"),
        Arguments.of(new Message.TimeoutNow(5), "01 08 05"),
        Arguments.of(new Message.ReadIndex(5, 128), "01 09 05 8001"),
        Arguments.of(new Message.ReadIndexReply(5, 128, 303), "01 0a 05 8001 b002"),
        Arguments.of(new Message.ReadIndexReply(5, 128, -1), "01 0a 05 8001 00"));
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void theFormatOfMessagesStays(Message message, String hex) throws WireFormatException {
    assertThat(Wire.encode(message)).isEqualTo(bytes(hex));
    assertThat(Wire.size(message)).isEqualTo(bytes(hex).length());
    assertThat(Wire.message(bytes(hex))).isEqualTo(message);
  }

  @Test
  void theFormatOfWhatIsStoredStays() {
    Snapshot snapshot =
        new Snapshot(new LogPosition(300, 4), Configuration.ofVoters(2), Bytes.of("xy"));

    assertThat(Wire.encode(new Entry(302, 5, new Content.Command(Bytes.of("abc")))))
        .isEqualTo(bytes("01 ae02 05 01 03 616263"));
    assertThat(Wire.encode(new HardState(300, new ServerId(2)))).isEqualTo(bytes("01 ac02 02"));
    assertThat(Wire.encode(HardState.INITIAL)).isEqualTo(bytes("01 00 00"));
    assertThat(Wire.encode(JOINT)).isEqualTo(bytes("01 02 01 02 02 02 ac02 01 04"));
    assertThat(Wire.encode(snapshot)).isEqualTo(bytes("01 ac02 04 02 01 02 00 00 7879"));
  }

  @Test
  void everyMessageComesBackAndHasTheSizeThatWasCounted() throws WireFormatException {
    WireSamples samples = new WireSamples(new Seed(1).stream("messages"));

    for (int run = 0; run < RUNS; run++) {
      Message message = samples.message();
      Bytes encoded = Wire.encode(message);

      assertThat(Wire.message(encoded)).isEqualTo(message);
      assertThat(Wire.size(message)).as(message.toString()).isEqualTo(encoded.length());
    }
  }

  @Test
  void allElseComesBack() throws WireFormatException {
    WireSamples samples = new WireSamples(new Seed(2).stream("parts"));

    for (int run = 0; run < RUNS; run++) {
      Entry entry = samples.entry();
      HardState state = samples.hardState();
      Configuration configuration = samples.configuration();
      Snapshot snapshot = samples.snapshot();

      assertThat(Wire.entry(Wire.encode(entry))).isEqualTo(entry);
      assertThat(Wire.size(entry)).isEqualTo(Wire.encode(entry).length());
      assertThat(Wire.hardState(Wire.encode(state))).isEqualTo(state);
      assertThat(Wire.configuration(Wire.encode(configuration))).isEqualTo(configuration);
      assertThat(Wire.snapshot(Wire.encode(snapshot))).isEqualTo(snapshot);
    }
  }

  @Test
  void whatIsCutOffIsRejected() {
    WireSamples samples = new WireSamples(new Seed(3).stream("messages"));

    for (int run = 0; run < 200; run++) {
      Bytes encoded = Wire.encode(samples.message());
      for (int length = 0; length < encoded.length(); length++) {
        Bytes cut = encoded.slice(0, length);
        assertThatThrownBy(() -> Wire.message(cut)).isInstanceOf(WireFormatException.class);
      }
    }
  }

  @Test
  void whatIsDamagedIsRejectedOrMeansSomethingElse() {
    RandomGenerator random = new Seed(4).stream("damage");
    WireSamples samples = new WireSamples(random);

    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      accepted += damaged(random, Wire.encode(samples.message()), Wire::message, Wire::encode);
      accepted += damaged(random, Wire.encode(samples.entry()), Wire::entry, Wire::encode);
      accepted += damaged(random, Wire.encode(samples.hardState()), Wire::hardState, Wire::encode);
      accepted +=
          damaged(random, Wire.encode(samples.configuration()), Wire::configuration, Wire::encode);
      accepted += damaged(random, Wire.encode(samples.snapshot()), Wire::snapshot, Wire::encode);
      accepted += damaged(random, samples.bytes(), Wire::message, Wire::encode);
    }

    assertThat(accepted).isBetween(RUNS, 5 * RUNS);
  }

  /// Damages `encoded` somewhere; answers 1 if it could be decoded all the same.
  private static <T> int damaged(
      RandomGenerator random, Bytes encoded, Decoder<T> decoder, Function<T, Bytes> encoder) {
    byte[] damaged = encoded.toArray();
    for (int i = 1 + random.nextInt(3); i > 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    T decoded;
    try {
      decoded = decoder.decode(Bytes.copyOf(damaged));
    } catch (WireFormatException malformed) {
      assertThat(malformed.position()).isBetween(0, damaged.length);
      return 0;
    }
    assertThat(encoder.apply(decoded)).isEqualTo(Bytes.copyOf(damaged));
    return 1;
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          02 08 05                      | 0 | expected version 1, not 2
          01 63                         | 1 | a kind of message that there is not
          01 08 8500                    | 2 | a number that is not written the short way
          01 08 ffffffffffffffffff01    | 2 | expected a number from 0 to
          01 08 05 00                   | 3 | 1 bytes too many
          01 08                         | 2 | the bytes end where more are expected
          01 02 05 06 03 01             | 4 | a kind of campaign that there is not
          01 02 05 06 01 02             | 5 | expected 0 or 1
          01 03 05 00 00 00 07 8008     | 7 | expected 1024 bytes at least, and 0 are left
          01 03 05 00 00 00 07 01 00    | 8 | expected a number from 1 to
          01 03 05 00 00 00 07 01 010103 | 10 | a kind of entry that there is not
          01 06 05 00 00 00 01 01 00    | 5 | an impossible cluster: a change must leave voters
          01 06 05 00 00 02 02 01 00 00 | 7 | expected a number from 3 to
          """,
      delimiter = '|')
  void aComplaintSaysWhereAndWhat(String hex, int position, String problem) {
    assertThatThrownBy(() -> Wire.message(bytes(hex)))
        .isInstanceOfSatisfying(
            WireFormatException.class,
            malformed -> assertThat(malformed.position()).isEqualTo(position))
        .hasMessageContaining(problem)
        .hasMessageStartingWith("at byte %d of %d: ", position, bytes(hex).length());
  }

  @Test
  void anEntryDoesNotHoldOnToTheMessageItCameIn() throws WireFormatException {
    List<Entry> entries =
        List.of(
            new Entry(1, 1, new Content.Command(Bytes.of("a"))),
            new Entry(2, 1, new Content.Command(Bytes.copyOf(new byte[100_000]))));
    Bytes encoded = Wire.encode(new Message.AppendEntries(1, LogPosition.ZERO, entries, 0, 1));

    Message.AppendEntries decoded = (Message.AppendEntries) Wire.message(encoded);

    Content.Command small = (Content.Command) decoded.entries().getFirst().content();
    assertThat(small.bytes().array()).hasSize(1);
  }
}
