package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of messages, exactly: on a clock that the test moves.
final class MessagesTest {
  private static final long MILLI = 1_000_000;
  private static final int ALWAYS = 1_000_000;

  private final Pipe in = new Pipe();
  private final Outlet out = new Outlet(new Pipe(), 1L << 40);

  private static Messages messages(String framing, Object... attributes) {
    Map<String, Long> values = new HashMap<>(ToxicType.MESSAGES.zeroAttributes().values());
    Map<String, String> words = new HashMap<>(ToxicType.MESSAGES.zeroAttributes().words());
    words.put("framing", framing);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] instanceof Integer number) {
        values.put((String) attributes[i], number.longValue());
      } else {
        words.put((String) attributes[i], (String) attributes[i + 1]);
      }
    }
    return new Messages(new Attributes(values, words), new SplittableRandom(1));
  }

  private void arrives(String text, long atMillis) {
    in.put(Chunk.copyOf(StandardCharsets.ISO_8859_1.encode(text), atMillis * MILLI));
  }

  private void arrives(byte[] bytes) {
    in.put(Chunk.copyOf(ByteBuffer.wrap(bytes), 0));
  }

  /// What has left, and a full stop at the end.
  private String left() {
    StringBuilder text = new StringBuilder();
    while (!out.pipe().isEmpty()) {
      text.append(StandardCharsets.ISO_8859_1.decode(out.pipe().take().bytes()));
    }
    return text.append(out.pipe().isEnded() ? "." : "").toString();
  }

  private byte[] leftBytes() {
    List<Byte> bytes = new ArrayList<>();
    while (!out.pipe().isEmpty()) {
      ByteBuffer chunk = out.pipe().take().bytes();
      while (chunk.hasRemaining()) {
        bytes.add(chunk.get());
      }
    }
    byte[] array = new byte[bytes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = bytes.get(i);
    }
    return array;
  }

  private static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i).append('\n');
    }
    return text.toString();
  }

  @Test
  void withoutChancesAllPassesHoweverItIsCut() {
    byte[] stream =
        FramingTest.join(
            FramingTest.frame(1, 2, 3),
            FramingTest.frame(4, 1, 3, 5),
            FramingTest.frame(5),
            FramingTest.frame(4, 1, 4));
    for (int size = 1; size <= stream.length; size++) {
      Messages messages = messages("labrys");
      for (int at = 0; at < stream.length; at += size) {
        arrives(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
        messages.flow(in, out, 0);
      }

      assertThat(leftBytes()).as("%d at a time", size).isEqualTo(stream);
    }
  }

  @Test
  void allMessagesAreLostAndGreetingsPass() {
    byte[] hello = FramingTest.frame(1, 2, 3);
    byte[] ping = FramingTest.frame(5);
    byte[] stream =
        FramingTest.join(hello, FramingTest.frame(4, 1, 3), ping, FramingTest.frame(4, 1, 1));
    for (int size = 1; size <= stream.length; size++) {
      Messages messages = messages("labrys", "drop", ALWAYS);
      for (int at = 0; at < stream.length; at += size) {
        arrives(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
        messages.flow(in, out, 0);
      }

      assertThat(leftBytes()).as("%d at a time", size).isEqualTo(FramingTest.join(hello, ping));
    }
  }

  @Test
  void onlyWholeMessagesAreLostAndAsManyAsAskedFor() {
    arrives(lines(0, 10_000), 0);
    in.end(0);

    messages("lines", "drop", ALWAYS / 10).flow(in, out, 0);

    List<String> left = left().lines().toList();
    assertThat(left).hasSizeBetween(8_800, 9_200).last().isEqualTo(".");
    List<Integer> numbers =
        left.subList(0, left.size() - 1).stream().map(Integer::valueOf).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void onlyThoseOfATypeAreLost() {
    byte[] vote = FramingTest.frame(4, 1, 1);
    byte[] append = FramingTest.frame(4, 1, 3);
    byte[] accepted = FramingTest.frame(4, 1, 4);
    arrives(FramingTest.join(vote, append, accepted, vote));

    messages("labrys", "drop", ALWAYS, "types", "append-entries,replies").flow(in, out, 0);

    assertThat(leftBytes()).isEqualTo(FramingTest.join(vote, vote));
  }

  @Test
  void eachComesTwice() {
    arrives("a\nb\n", 0);
    in.end(0);

    messages("lines", "duplicate", ALWAYS).flow(in, out, 0);

    assertThat(left()).isEqualTo("a\na\nb\nb\n.");
  }

  @Test
  void someAreOvertaken() {
    arrives(lines(0, 1_000), 0);
    in.end(0);

    messages("lines", "reorder", ALWAYS / 5, "depth", 3).flow(in, out, 0);

    List<String> left = left().lines().filter(line -> !line.equals(".")).toList();
    List<Integer> numbers = left.stream().map(Integer::valueOf).toList();
    assertThat(numbers)
        .hasSize(1_000)
        .doesNotHaveDuplicates()
        .isNotEqualTo(numbers.stream().sorted().toList());
    for (int place = 0; place < numbers.size(); place++) {
      assertThat(Math.abs(numbers.get(place) - place)).isLessThanOrEqualTo(12);
    }
  }

  @Test
  void whoIsOvertakenByNobodyGoesOnAfterAWhile() {
    Messages messages = messages("lines", "reorder", ALWAYS);
    arrives("a\n", 0);

    long wake = messages.flow(in, out, 0);
    String early = left();
    messages.flow(in, out, 100 * MILLI);

    assertThat(wake).isEqualTo(100 * MILLI);
    assertThat(early).isEmpty();
    assertThat(left()).isEqualTo("a\n");
  }

  @Test
  void eachHasADelayOfItsOwnAndTheEndWaitsForAll() {
    Messages messages = messages("lines", "delay", 10, "delay_most", 20);
    arrives(lines(0, 100), 5);
    in.end(5 * MILLI);

    long wake = messages.flow(in, out, 14 * MILLI);
    String before = left();
    messages.flow(in, out, 18 * MILLI);
    String some = left();
    messages.flow(in, out, 25 * MILLI);
    String rest = left();

    assertThat(wake).isBetween(15 * MILLI, 18 * MILLI);
    assertThat(before).isEmpty();
    assertThat(some.lines()).hasSizeBetween(5, 60);
    assertThat(rest).endsWith(".");
    List<String> all = (some + rest).lines().filter(line -> !line.equals(".")).toList();
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
    assertThat(all).isNotEqualTo(lines(0, 100).lines().toList());
  }

  @Test
  void aMessageIsHeldUntilTheToxicIsTakenAway() {
    Messages messages = messages("lines", "hold", ALWAYS, "types", "a");
    arrives("{\"type\":\"a\"}\nb\nc", 0);

    messages.flow(in, out, 0);
    String first = left();
    messages.leave(out);

    assertThat(first).isEqualTo("b\n");
    assertThat(left()).isEqualTo("{\"type\":\"a\"}\nc");
  }

  @Test
  void whatIsHeldHoldsUpTheSenderAndNothingIsGivenUp() {
    Messages messages = messages("lines", "hold", ALWAYS);
    String line = "x".repeat(1 << 20) + "\n";
    for (int i = 0; i < 40; i++) {
      arrives(line, 0);
    }

    messages.flow(in, out, 0);
    long wake = messages.flow(in, out, 1L << 60);

    assertThat(in.isEmpty()).isFalse();
    assertThat(wake).isEqualTo(Stage.NEVER);
    assertThat(left()).isEmpty();
  }

  @Test
  void nonsensePassesAndAllBehindIt() {
    Messages messages = messages("length:8:big", "drop", ALWAYS);
    arrives("\u00ffnonsense", 0);
    arrives(" more", 0);

    messages.flow(in, out, 0);

    assertThat(left()).isEqualTo("\u00ffnonsense more");
  }

  @Test
  void whatIsTooLongPassesAndTheNextIsCutAgain() {
    Messages messages = messages("length:4:big", "drop", ALWAYS);
    int length = Limits.MESSAGE + 1;
    ByteBuffer large = ByteBuffer.allocate(4 + length).putInt(length).rewind();
    ByteBuffer small = ByteBuffer.allocate(5).putInt(1).rewind();
    in.put(Chunk.copyOf(large.slice(0, 1_000), 0));
    messages.flow(in, out, 0);
    int atOnce = leftBytes().length;
    in.put(Chunk.copyOf(large.slice(1_000, 3 + length - 1_000), 0));
    in.put(Chunk.copyOf(large.slice(3 + length, 1), 0));
    in.put(Chunk.copyOf(small, 0));

    messages.flow(in, out, 0);

    assertThat(atOnce).isEqualTo(1_000);
    assertThat(leftBytes()).hasSize(4 + length - 1_000);
  }

  @Test
  void aLineWithoutAnEndPasses() {
    Messages messages = messages("lines", "drop", ALWAYS);
    arrives("x".repeat(Limits.MESSAGE + 1), 0);
    arrives("y\n", 0);

    messages.flow(in, out, 0);

    assertThat(left()).hasSize(Limits.MESSAGE + 3);
  }

  @Test
  void nobodyWaitsForEverForTheRestOfAMessage() {
    Messages messages = messages("lines", "drop", ALWAYS);
    arrives("lost\nhal", 0);

    long wake = messages.flow(in, out, 0);
    String early = left();
    messages.flow(in, out, wake);
    String then = left();
    arrives("f\nlost too\n", 2_000);
    messages.flow(in, out, 2_000 * MILLI);

    assertThat(wake).isEqualTo(1_000 * MILLI);
    assertThat(early).isEmpty();
    assertThat(then).isEqualTo("hal");
    assertThat(left()).isEqualTo("f\n");
  }

  @Test
  void halfAMessageAtTheEndPasses() {
    arrives("lost\nhal", 0);
    in.end(0);

    messages("lines", "drop", ALWAYS).flow(in, out, 0);

    assertThat(left()).isEqualTo("hal.");
  }

  @Test
  void anUpdateLetsGoInOrderAndGoesOnWithinAMessage() {
    Messages before = messages("lines", "delay", 1_000, "delay_most", 9_000);
    arrives(lines(0, 20) + "2", 0);
    before.flow(in, out, 0);

    before.letGo(in, out);
    Messages after = messages("lines", "drop", ALWAYS);
    after.follow(before);
    arrives("0\n21\n", 0);
    after.flow(in, out, 0);

    assertThat(left()).isEqualTo(lines(0, 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"labrpc-unreliable", "labrpc-long-reordering"})
  void presetsAreThoseOfTheLabs(String preset) {
    Messages messages = messages("labrys", "preset", preset);
    byte[] request = FramingTest.frame(4, 1, 3, 'q');
    byte[] reply = FramingTest.frame(4, 1, 4, 'p');
    for (int i = 0; i < 1_000; i++) {
      arrives(FramingTest.join(request, reply));
    }

    messages.flow(in, out, 0);
    int atOnce = leftBytes().length / 12;
    messages.flow(in, out, 26 * MILLI);
    int soon = leftBytes().length / 12;
    messages.flow(in, out, 2_199 * MILLI);
    int late = leftBytes().length / 12;

    if (preset.equals("labrpc-unreliable")) {
      assertThat(atOnce).isBetween(860, 980);
      assertThat(soon).isBetween(820, 940);
      assertThat(late).isZero();
    } else {
      assertThat(atOnce).isBetween(1_270, 1_400);
      assertThat(soon).isZero();
      assertThat(late).isEqualTo(2_000 - atOnce);
    }
  }
}
