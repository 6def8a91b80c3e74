package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TornTailTest {
  private static final ReadOptions STRICT = ReadOptions.standard().withFormat(HistoryFormat.JSONL);
  private static final ReadOptions RECOVER = STRICT.withTail(Tail.RECOVER);
  private static final List<Event> JOURNAL =
      List.of(
          new Event.Invoked(0, "write", Value.of("é"), new Value.Real(1.5), 10),
          new Event.Completed(0, Outcome.ok(Value.of(-17)), 20),
          new Event.Note("€", "l", Value.keyword("k"), 30, Value.MapOf.empty()));

  @Test
  void whereverTheLastLineIsTornTheRestIsRecovered() {
    byte[] whole = Texts.write(JOURNAL, HistoryFormat.JSONL);
    int lastLine = Texts.write(JOURNAL.subList(0, 2), HistoryFormat.JSONL).length;

    // From one byte of the last line to all but its closing brace.
    for (int length = lastLine + 1; length < whole.length - 1; length++) {
      byte[] torn = Arrays.copyOf(whole, length);

      assertThat(Texts.events(torn, RECOVER))
          .containsExactly(
              JOURNAL.get(0),
              JOURNAL.get(1),
              new Event.Note(
                  "labrys",
                  "torn-tail",
                  new Value.MapOf(
                      Map.of(
                          Value.of("dropped-line"), Value.of(4),
                          Value.of("dropped-bytes"), Value.of(length - lastLine))),
                  20,
                  Value.MapOf.empty()));
      assertThatExceptionOfType(MalformedHistoryException.class)
          .isThrownBy(() -> Texts.events(torn, STRICT))
          .withMessageContaining("history:4:")
          .withMessageContaining("the last line is torn");
    }
  }

  @Test
  void aLastLineWithoutItsLineEndIsWhole() {
    byte[] whole = Texts.write(JOURNAL, HistoryFormat.JSONL);

    assertThat(Texts.events(Arrays.copyOf(whole, whole.length - 1), STRICT)).isEqualTo(JOURNAL);
  }

  @Test
  void onlyTheLastLineMayBeTorn() {
    String header = "{\"labrys-history\":1}\n";

    for (String text :
        List.of(
            header + "{\"type\":\"no\n{\"type\":\"heal\",\"id\":1}\n",
            header + "{\"type\":\"heal\",\n{\"type\":",
            header + "{\"type\":\"heal\",\"id\":1\n")) {
      assertThatExceptionOfType(MalformedHistoryException.class)
          .isThrownBy(() -> Texts.events(Texts.bytes(text), RECOVER))
          .withMessageNotContaining("torn");
    }
  }
}
