package dev.labrys.raft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever changes what is pinned down here can't read the logs and snapshots of before.
final class CodecTest {
  private static final int RUNS = 5_000;

  private static Bytes bytes(String hex) {
    return Bytes.copyOf(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static Stream<Arguments> everyStep() {
    return Stream.of(
        Arguments.of(new Command.Put("x", Datum.of(-3)), "01 01 0178 01 05"),
        Arguments.of(new Command.Append("x", Datum.of("ab")), "01 02 0178 026162"),
        Arguments.of(new Command.Delete("x"), "01 03 0178"),
        Arguments.of(
            new Command.CompareAndSet("x", Datum.nothing(), Datum.of("a")),
            "01 04 0178 00 02 0161"),
        Arguments.of(new Command.AppendItem("x", Datum.of(1)), "01 05 0178 01 02"),
        Arguments.of(new Command.Add("x", 300), "01 06 0178 d804"),
        Arguments.of(new Command.Transfer("x", "y", 300), "01 07 0178 0179 ac02"),
        Arguments.of(new Command.Insert("x", Datum.of(1)), "01 08 0178 01 02"),
        Arguments.of(new Command.Remove("x", Datum.of(1)), "01 09 0178 01 02"),
        Arguments.of(new Command.Enqueue("x", Datum.of(1)), "01 0a 0178 01 02"),
        Arguments.of(new Command.Dequeue("x", Command.End.OLDEST), "01 0b 0178"),
        Arguments.of(new Command.Dequeue("x", Command.End.NEWEST), "01 0c 0178"),
        Arguments.of(new Command.Acquire("x", "y", Command.Again.VAIN), "01 0d 0178 0179"),
        Arguments.of(new Command.Acquire("x", "y", Command.Again.COUNTED), "01 0e 0178 0179"),
        Arguments.of(new Command.Release("x", "y"), "01 0f 0178 0179"),
        Arguments.of(
            new Command.All(List.of(new Command.Delete("x"), new Query.Get("y"))),
            "01 10 02 03 0178 40 0179"),
        Arguments.of(new Query.Get("x"), "01 40 0178"),
        Arguments.of(new Query.ReadList("x"), "01 41 0178"),
        Arguments.of(new Query.ItemAt("x", 1), "01 42 0178 02"),
        Arguments.of(new Query.Total("x"), "01 43 0178"),
        Arguments.of(new Query.Contains("x", Datum.of(1)), "01 44 0178 01 02"),
        Arguments.of(new Query.Elements("x"), "01 45 0178"),
        Arguments.of(new Query.Holder("x"), "01 46 0178"),
        Arguments.of(new Query.All(List.of(new Query.Get("x"))), "01 47 01 40 0178"));
  }

  @ParameterizedTest
  @MethodSource("everyStep")
  void theFormatOfStepsStays(Step step, String hex) throws WireFormatException {
    assertThat(step.toBytes()).isEqualTo(bytes(hex));
    assertThat(Step.of(bytes(hex))).isEqualTo(step);
  }

  private static Stream<Arguments> everyAnswer() {
    return Stream.of(
        Arguments.of(new Answer.Done(), "01 01"),
        Arguments.of(new Answer.Found(Datum.of("a")), "01 02 02 0161"),
        Arguments.of(new Answer.Truth(true), "01 03"),
        Arguments.of(new Answer.Truth(false), "01 04"),
        Arguments.of(new Answer.Items(List.of(Datum.of(1), Datum.nothing())), "01 05 02 01 02 00"),
        Arguments.of(new Answer.Each(List.of(new Answer.Done())), "01 06 01 01"),
        Arguments.of(new Answer.Refused(Answer.Reason.MALFORMED), "01 10"),
        Arguments.of(new Answer.Refused(Answer.Reason.NOT_A_QUERY), "01 11"),
        Arguments.of(new Answer.Refused(Answer.Reason.NOT_A_TEXT), "01 12"),
        Arguments.of(new Answer.Refused(Answer.Reason.FULL), "01 13"));
  }

  @ParameterizedTest
  @MethodSource("everyAnswer")
  void theFormatOfAnswersStays(Answer answer, String hex) throws WireFormatException {
    assertThat(answer.toBytes()).isEqualTo(bytes(hex));
    assertThat(Answer.of(bytes(hex))).isEqualTo(answer);
  }

  private static Stream<Arguments> everySessionCommand() {
    return Stream.of(
        Arguments.of(new SessionCommand.Open(), "10"),
        Arguments.of(new SessionCommand.Close(300), "11 ac02"),
        Arguments.of(new SessionCommand.Request(300, 5, 3, Bytes.of("a")), "12 ac02 05 02 61"),
        Arguments.of(new SessionCommand.Unprotected(Bytes.of("a")), "13 61"));
  }

  @ParameterizedTest
  @MethodSource("everySessionCommand")
  void theFormatOfSessionCommandsStays(SessionCommand command, String hex)
      throws WireFormatException {
    assertThat(command.toBytes()).isEqualTo(bytes(hex));
    assertThat(SessionCommand.of(bytes(hex))).isEqualTo(command);
  }

  private static Stream<Arguments> everySessionAnswer() {
    return Stream.of(
        Arguments.of(new SessionAnswer.Opened(300), "18 ac02"),
        Arguments.of(new SessionAnswer.Closed(), "19"),
        Arguments.of(new SessionAnswer.Executed(Bytes.of("a")), "1a 61"),
        Arguments.of(new SessionAnswer.Refused(SessionAnswer.Reason.MALFORMED), "1c"),
        Arguments.of(new SessionAnswer.Refused(SessionAnswer.Reason.EXPIRED), "1d"),
        Arguments.of(new SessionAnswer.Refused(SessionAnswer.Reason.ANSWERED), "1e"),
        Arguments.of(new SessionAnswer.Refused(SessionAnswer.Reason.TOO_MANY), "1f"));
  }

  @ParameterizedTest
  @MethodSource("everySessionAnswer")
  void theFormatOfSessionAnswersStays(SessionAnswer answer, String hex) throws WireFormatException {
    assertThat(answer.toBytes()).isEqualTo(bytes(hex));
    assertThat(SessionAnswer.of(bytes(hex))).isEqualTo(answer);
  }

  @Test
  void theFormatOfSnapshotsStays() {
    Store store = new Store();
    Sessions sessions = new Sessions(store);
    sessions.apply(1, new SessionCommand.Open().toBytes());
    List<Command> commands =
        List.of(
            new Command.Put("x", Datum.of("a")),
            new Command.Add("x", 1),
            new Command.Acquire("x", "y", Command.Again.VAIN),
            new Command.AppendItem("x", Datum.of(2)),
            new Command.Insert("x", Datum.of(3)),
            new Command.Enqueue("x", Datum.of(4)));
    for (int number = 1; number <= commands.size(); number++) {
      Bytes command = commands.get(number - 1).toBytes();
      sessions.apply(1 + number, new SessionCommand.Request(1, number, number, command).toBytes());
    }

    String inside =
        "01 01 0178 02 0161 01 0178 02 01 0178 0179 01 01"
            + " 01 0178 01 01 04 01 0178 01 01 06 01 0178 01 01 08";
    assertThat(store.snapshot()).isEqualTo(bytes(inside));
    assertThat(sessions.snapshot()).isEqualTo(bytes("01 01 01 06 01 03 1a 01 01" + inside));
  }

  @Test
  void everyStepAndAnswerComesBack() throws WireFormatException {
    StepSamples samples = new StepSamples(new Seed(1).stream("steps"));

    for (int run = 0; run < RUNS; run++) {
      Step step = samples.step();
      Answer answer = samples.answer();

      assertThat(Step.of(step.toBytes())).isEqualTo(step);
      assertThat(Answer.of(answer.toBytes())).isEqualTo(answer);
    }
  }

  @Test
  void whatIsCutOffIsRejected() {
    StepSamples samples = new StepSamples(new Seed(2).stream("steps"));

    for (int run = 0; run < 500; run++) {
      Bytes step = samples.step().toBytes();
      for (int length = 0; length < step.length(); length++) {
        Bytes cut = step.slice(0, length);
        assertThatThrownBy(() -> Step.of(cut)).isInstanceOf(WireFormatException.class);
      }
    }
  }

  @Test
  void whateverComesIsAnswered() throws WireFormatException {
    RandomGenerator random = new Seed(3).stream("damage");
    StepSamples samples = new StepSamples(random);
    Store store = new Store();
    Sessions sessions = new Sessions(new Store());
    sessions.apply(1, new SessionCommand.Open().toBytes());

    int refused = 0;
    for (int run = 2; run < RUNS; run++) {
      Bytes step = samples.step().toBytes();
      Bytes request = new SessionCommand.Request(1, run, run, step).toBytes();
      Answer answer = Answer.of(store.apply(run, damaged(random, step)));
      SessionAnswer.of(sessions.apply(run, damaged(random, request)));
      SessionAnswer.of(sessions.query(damaged(random, request)));
      Answer.of(store.query(damaged(random, step)));
      refused += answer.equals(new Answer.Refused(Answer.Reason.MALFORMED)) ? 1 : 0;
    }

    assertThat(refused).isBetween(RUNS / 10, 9 * RUNS / 10);
  }

  private static Bytes damaged(RandomGenerator random, Bytes whole) {
    byte[] damaged = whole.toArray();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    return Bytes.copyOf(damaged);
  }
}
