package dev.labrys.history;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever bytes come in, a parser answers with a history or a clear refusal, and nothing else.
@Timeout(300)
final class FuzzTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "\\",
    ":",
    "#",
    "#_",
    "#{",
    ";",
    ",",
    "\n",
    " ",
    "\t",
    "{\"$set\":[",
    "{\"$map\":[[",
    "{\"$tagged\":",
    "\"type\":\"ok\"",
    ":process 1",
    ":index 9",
    "nil",
    "null",
    "-",
    "1e9",
    "99999999999999999999",
    "\\u",
    "\\ud800",
    "^",
    "##NaN",
    "INFO  jepsen.util - ",
    ":type :invoke, :f :read",
    "{\"labrys-history\":1}\n",
    "\u0000",
    "é"
  };

  @ParameterizedTest
  @EnumSource
  void mutatedHistoriesAreReadOrRefused(HistoryFormat format) {
    Property.forAll(
        1500,
        (random, size) -> {
          byte[] text = Texts.write(journal(random, format, size % 20), format);
          for (int i = random.nextInt(4); i >= 0; i--) {
            text = mutated(random, text);
          }
          readOrRefuse(text, format);
        });
  }

  @ParameterizedTest
  @EnumSource
  void randomTextsAreReadOrRefused(HistoryFormat format) {
    Property.forAll(
        1500,
        (random, size) -> {
          StringBuilder text = new StringBuilder();
          if (format == HistoryFormat.JSONL && random.nextBoolean()) {
            text.append("{\"labrys-history\":1}\n{\"type\":\"ok\",\"value\":");
          }
          if (format == HistoryFormat.EDN && random.nextBoolean()) {
            text.append("{:process 0, :value ");
          }
          for (int i = random.nextInt(1 + size % 40); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
          }
          readOrRefuse(Texts.bytes(text.toString()), format);
        });
  }

  @ParameterizedTest
  @EnumSource
  void randomBytesAreReadOrRefused(HistoryFormat format) {
    Property.forAll(
        1000,
        (random, size) -> {
          byte[] bytes = new byte[size % 300];
          random.nextBytes(bytes);
          readOrRefuse(bytes, format);
        });
  }

  private static List<Event> journal(RandomGenerator random, HistoryFormat format, int size) {
    if (format == HistoryFormat.JSONL || format == HistoryFormat.EDN) {
      return new RandomHistories(random).journal(size);
    }
    return List.of(
        new Event.Invoked(3, "cas", Value.nil(), Value.sequence(Value.of(1), Value.of(4)), 0),
        new Event.Completed(3, Outcome.unknown(), 1),
        new Event.Note("nemesis", "start", Value.of("n1"), 2, Value.MapOf.empty()));
  }

  private static byte[] mutated(RandomGenerator random, byte[] text) {
    int at = random.nextInt(text.length + 1);
    int length = Math.min(random.nextInt(8), text.length - at);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(text, at);
      case 1 -> spliced(text, at, new byte[0], length);
      case 2 -> spliced(text, at, new byte[] {(byte) random.nextInt(256)}, Math.min(1, length));
      case 3 -> spliced(text, at, Arrays.copyOfRange(text, at, at + length), 0);
      default -> spliced(text, at, Texts.bytes(PIECES[random.nextInt(PIECES.length)]), length);
    };
  }

  private static byte[] spliced(byte[] text, int at, byte[] piece, int dropped) {
    byte[] result = Arrays.copyOf(text, text.length + piece.length - dropped);
    System.arraycopy(piece, 0, result, at, piece.length);
    System.arraycopy(text, at + dropped, result, at + piece.length, text.length - at - dropped);
    return result;
  }

  private static void readOrRefuse(byte[] text, HistoryFormat format) {
    for (ReadOptions options :
        List.of(
            ReadOptions.standard(),
            ReadOptions.standard().withFormat(format),
            ReadOptions.standard().withFormat(format).withTail(Tail.RECOVER))) {
      try {
        Texts.history(text, options);
      } catch (MalformedHistoryException | IllFormedHistoryException refused) {
        if (refused.getMessage() == null || refused.getMessage().isEmpty()) {
          throw new AssertionError("a refusal without a reason", refused);
        }
      }
    }
  }
}
