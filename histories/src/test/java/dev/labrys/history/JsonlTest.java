package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonlTest {
  private static final String HEADER = "{\"labrys-history\":1}\n";

  private static List<Event> read(String lines) {
    return Texts.events(HEADER + lines, HistoryFormat.JSONL);
  }

  @Test
  void linesAreCompact() {
    byte[] text =
        Texts.write(
            List.of(
                new Event.Invoked(3, "write", Value.of("k"), Value.of(5), 100),
                new Event.Completed(3, Outcome.ok(Value.nil()), 120),
                new Event.FaultStarted(1, "kill", Value.of("n1"), 130, Value.MapOf.empty()),
                new Event.FaultHealed(1, 140, Value.MapOf.empty())),
            HistoryFormat.JSONL);

    assertThat(text)
        .asString()
        .isEqualTo(
            """
            {"labrys-history":1}
            {"type":"invoke","process":3,"f":"write","key":"k","value":5,"time":100}
            {"type":"ok","process":3,"time":120}
            {"type":"fault","id":1,"fault":"kill","targets":"n1","time":130}
            {"type":"heal","id":1,"time":140}
            """);
  }

  @Test
  void fieldsComeInAnyOrderAndUnknownOnesSurvive() {
    assertThat(read("{ \"time\":7, \"node\":\"n1\", \"process\":2, \"type\":\"ok\" }\r\n\n"))
        .containsExactly(
            new Event.Completed(
                2,
                Outcome.ok(Value.nil()),
                7,
                new Value.MapOf(Map.of(Value.keyword("node"), Value.of("n1")))));
  }

  @Test
  void aFieldOfAnotherTypeOfEventSurvivesToo() {
    assertThat(read("{\"type\":\"info\",\"process\":2,\"value\":\"lost\",\"time\":7}\n"))
        .containsExactly(
            new Event.Completed(
                2,
                Outcome.unknown(),
                7,
                new Value.MapOf(Map.of(Value.keyword("value"), Value.of("lost")))));
  }

  @Test
  void withoutTimesThePositionIsTheTime() {
    assertThat(
            read(
                """
                {"type":"invoke","process":0,"f":"read"}
                {"type":"invoke","process":1,"f":"read"}
                {"type":"ok","process":0,"time":50}
                {"type":"ok","process":1}
                """))
        .extracting(Event::time)
        .containsExactly(0L, 1L, 50L, 50L);
  }

  @Test
  void wholeNumbersBeyondSixtyFourBitsStayExact() {
    assertThat(read("{\"type\":\"ok\",\"process\":0,\"value\":12345678901234567890}\n"))
        .containsExactly(
            new Event.Completed(0, Outcome.ok(new Value.Exact("12345678901234567890N")), 0));
  }

  @Test
  void functionNamesAndKeysAreSharedObjects() {
    String line = "{\"type\":\"note\",\"source\":\"s\",\"label\":\"%s\"}\n";
    List<Event> events = read(line.formatted("write") + line.formatted("write"));

    assertThat(((Event.Note) events.get(0)).label()).isSameAs(((Event.Note) events.get(1)).label());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"ok\",\"process\":0,}              | 2:26 | Unexpected character",
        "{\"type\":\"ok\"}                             | 2:13 | no \"process\"",
        "{\"process\":0}                               | 2:13 | no \"type\"",
        "{\"type\":\"okay\"}                           | 2:15 | none of invoke, ok, fail",
        "{\"type\":\"ok\",\"process\":\"0\"}           | 2:24 | a whole number",
        "{\"type\":\"ok\",\"process\":4294967296}      | 2:34 | 32 bits",
        "{\"type\":\"ok\",\"type\":\"ok\"}             | 2:21 | occurs twice",
        "{\"type\":\"invoke\",\"process\":0}           | 2:29 | no \"f\"",
        "{\"type\":\"ok\",\"value\":{\"$color\":1}}    | 2:32 | $color is none of",
        "{\"type\":\"ok\",\"value\":{\"$set\":[1,1]}}  | 2:34 | occurs twice in a set",
        "{\"type\":\"ok\",\"value\":{\"$char\":\"ab\"}}| 2:31 | one character",
        "{\"type\":\"ok\",\"value\":{\"a\":1,\"a\":2}} | 2:33 | occurs twice",
        "{\"type\":\"ok\",\"value\":1e999}             | 2:22 | a double can hold",
        "[1]                                           | 2:1  | expected a JSON object",
        "{\"type\":\"heal\",\"id\":1} {}               | 2:24 | end of the line",
      })
  void malformedLinesAreRejectedAtTheirPlace(String line, String place, String problem) {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> read(line + "\n"))
        .withMessageStartingWith("history:" + place + ":")
        .withMessageContaining(problem);
  }

  @Test
  void anEventMustNotSpanLines() {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> read("{\"type\":\"heal\",\n\"id\":1}\n"))
        .withMessageContaining("history:3:")
        .withMessageContaining("line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"labrys-history\":2}         | version 2",
        "{\"type\":\"ok\"}              | expected the header",
        "{\"labrys-history\":1,\"a\":1} | end of the header",
      })
  void theHeaderComesFirst(String header, String problem) {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> Texts.events(header + "\n", HistoryFormat.JSONL))
        .withMessageContaining("history:1:")
        .withMessageContaining(problem);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(
            () -> read("{\"type\":\"ok\",\"value\":" + "[".repeat(300) + "]".repeat(300) + "}\n"))
        .withMessageContaining("nested deeper than");
  }

  @Test
  void aLineLongerThanTheLimitIsRefused() {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> read("{\"type\":" + " ".repeat(Limits.EVENT_BYTES) + "\"ok\"}\n"))
        .withMessageContaining("history:2:1: the line is longer");
  }
}
