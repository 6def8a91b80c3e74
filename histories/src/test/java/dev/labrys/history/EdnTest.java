package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EdnTest {
  private static List<Event> read(String text) {
    return Texts.events(text, HistoryFormat.EDN);
  }

  private static Value value(String edn) {
    Event event = read("{:process 0, :type :invoke, :f :f, :value " + edn + "}").getFirst();
    return ((Event.Invoked) event).input();
  }

  @Test
  void everyKindOfValueIsRead() {
    assertThat(value("nil")).isEqualTo(Value.nil());
    assertThat(value("true")).isEqualTo(Value.of(true));
    assertThat(value("-12")).isEqualTo(Value.of(-12));
    assertThat(value("+3")).isEqualTo(Value.of(3));
    assertThat(value("123456789012345678901")).isEqualTo(new Value.Exact("123456789012345678901N"));
    assertThat(value("2.5e3")).isEqualTo(new Value.Real(2500));
    assertThat(value("1/3")).isEqualTo(new Value.Exact("1/3"));
    assertThat(value("1.50M")).isEqualTo(new Value.Exact("1.50M"));
    assertThat(value("##-Inf")).isEqualTo(new Value.Real(Double.NEGATIVE_INFINITY));
    assertThat(value("\"a\\n\\u00e9 é\"")).isEqualTo(Value.of("a\né é"));
    assertThat(value("\\newline")).isEqualTo(new Value.Char('\n'));
    assertThat(value("\\u0041")).isEqualTo(new Value.Char('A'));
    assertThat(value("[\\( \\a]"))
        .isEqualTo(Value.sequence(new Value.Char('('), new Value.Char('a')));
    assertThat(value(":ns.x/name")).isEqualTo(Value.keyword("ns.x/name"));
    assertThat(value("foo-bar?")).isEqualTo(new Value.Symbol("foo-bar?"));
    assertThat(value("-")).isEqualTo(new Value.Symbol("-"));
    assertThat(value("(1, [2])"))
        .isEqualTo(Value.sequence(Value.of(1), Value.sequence(Value.of(2))));
    assertThat(value("#{1 :a}")).isEqualTo(Value.set(List.of(Value.keyword("a"), Value.of(1))));
    assertThat(value("{:a 1}")).isEqualTo(new Value.MapOf(Map.of(Value.keyword("a"), Value.of(1))));
    assertThat(value("#:s{:a 1}"))
        .isEqualTo(new Value.MapOf(Map.of(Value.keyword("s/a"), Value.of(1))));
    assertThat(value("#inst \"2020\"")).isEqualTo(new Value.Tagged("inst", Value.of("2020")));
    assertThat(value("; remark\n #_ [1 #_2] 3")).isEqualTo(Value.of(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\n%s",
        "[%s %s]",
        "(%s, %s)",
        "; a history\n[ #_ {:not :one}\n%s #jepsen.history.Op%s]\n; end",
      })
  void operationsStandAloneOrInOneCollection(String layout) {
    String text =
        layout.formatted(
            "{:process 1, :type :invoke, :f :read, :value nil, :time 5}",
            "{:process 1, :type :ok, :f :read, :value 3, :time 9}");

    assertThat(read(text))
        .containsExactly(
            new Event.Invoked(1, "read", Value.nil(), Value.nil(), 5),
            new Event.Completed(1, Outcome.ok(Value.of(3)), 9));
  }

  @Test
  void theNemesisBecomesNotesAndUnknownKeysSurvive() {
    assertThat(read("{:process :nemesis, :type :info, :f :start, :value \"n1\", :time 4, :a 1}"))
        .containsExactly(
            new Event.Note(
                "nemesis",
                "start",
                Value.of("n1"),
                4,
                new Value.MapOf(
                    Map.of(
                        Value.keyword("a"), Value.of(1),
                        Value.keyword("type"), Value.keyword("info")))));
  }

  @Test
  void whatAnUnansweredCompletionSaysBesidesItsArgumentSurvives() {
    List<Event> events =
        read(
            """
            {:process 0, :type :invoke, :f :write, :value 1}
            {:process 1, :type :invoke, :f :write, :value 2}
            {:process 0, :type :info, :f :write, :value :timed-out, :error :net}
            {:process 1, :type :fail, :f :write, :value 2}
            """);

    assertThat(events.get(2))
        .isEqualTo(
            new Event.Completed(
                0,
                Outcome.unknown(),
                2,
                new Value.MapOf(
                    Map.of(
                        Value.keyword("value"), Value.keyword("timed-out"),
                        Value.keyword("error"), Value.keyword("net")))));
    assertThat(events.get(3)).isEqualTo(new Event.Completed(1, Outcome.failed(), 3));
  }

  @Test
  void theIndexOrdersOperations() {
    assertThat(
            read(
                """
                {:index 2, :process 1, :type :ok, :f :read, :value 3, :time 30}
                {:index 0, :process 0, :type :invoke, :f :read, :time 10}
                {:index 7, :process 0, :type :info, :f :read, :time 40}
                {:index 1, :process 1, :type :invoke, :f :read, :time 20}
                """))
        .extracting(Event::time)
        .containsExactly(10L, 20L, 30L, 40L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{:index 0, :process :n} {:index 0, :process :n}  | 1:25 | occurs twice, first in line 1",
        "{:index 0, :process :n} {:process :n}            | 1:25 | every operation has an :index",
        "{:process 0, :type :invoke}                      | 1:1  | no :f",
        "{:process 0, :f :read}                           | 1:1  | no :type",
        "{:type :invoke, :f :read}                        | 1:1  | no :process",
        "{:process 0, :type :sleep}                       | 1:1  | not :sleep",
        "{:process 0, :process 1}                         | 1:22 | :process occurs twice",
        "{:process 0, :type}                              | 1:19 | expected a value",
        "{:process 0, :x}                                 | 1:16 | expected a value for the key",
        "{:process 0, :x 1a}                              | 1:19 | expected a number or a name",
        "{:process 0, :x #{1 1}}                          | 1:23 | occurs twice in a set",
        "{:process 0, :x [1 }                             | 1:20 | expected a value",
        "{:process 0, :x \"abc                            | 1:21 | closing quote",
        "{:process 0, :x \"\\q\"}                         | 1:20 | after a backslash",
        "{:process 0, :x \\foo}                           | 1:21 | expected a character",
        "{:process 0, :x :}                               | 1:18 | expected a name",
        "{:process 0, :time 1.5, :type :invoke, :f :f}    | 1:1  | in nanoseconds",
        "3                                                | 1:1  | expected an operation map",
        "#foo {}                                          | 1:5  | expected an operation, not #foo",
        "[{:process :n}] 3                                | 1:17 | nothing after the ]",
        "[{:process :n}                                   | 1:15 | expected an operation map",
      })
  void malformedTextIsRejectedAtItsPlace(String text, String place, String problem) {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith("history:" + place + ":")
        .withMessageContaining(problem);
  }

  @Test
  void brokenUtf8IsRejected() {
    byte[] text = Texts.bytes("{:process 0, :x \"?\"}");
    text[17] = (byte) 0xff;

    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> Texts.events(text, ReadOptions.standard()))
        .withMessageContaining("expected UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "#{", "{:a ", "#t ", "#_ ", "("})
  void deepNestingIsRefused(String opening) {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> value(opening.repeat(100_000)))
        .withMessageContaining("nested deeper than");
  }

  @Test
  void aCompletionMustRepeatWhatWasInvoked() {
    assertThatExceptionOfType(IllFormedHistoryException.class)
        .isThrownBy(() ->
            read(
                """
                {:process 0, :type :invoke, :f :read}

                {:process 0, :type :ok, :f :write}
                """))
        .withMessageContaining("history:3:")
        .withMessageContaining("history:1");
  }

  @Test
  void theEtcdLogsOfPorcupineAreRead() {
    assertThat(
            Texts.history(
                    """
                    INFO  jepsen.util - 3\t:invoke\t:cas\t[1 4]
                    INFO  jepsen.util - 12   :invoke :read    nil
                    INFO  jepsen.util - 12   :fail   :read   :timed-out
                    INFO  jepsen.util - 3\t:info\t:cas\t:timed-out
                    """)
                .operations())
        .extracting(Operation::function, Operation::outcome)
        .containsExactly(tuple("cas", Outcome.unknown()), tuple("read", Outcome.failed()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INFO  jepsen.core - Worker 3 done    | 1:14 | expected a line such as",
        "INFO  jepsen.util - 3 :invoke        | 1:30 | expected a function",
        "INFO  jepsen.util - 3 :ok :read 1 2 3| 1:37 | end of the line",
      })
  void otherLogLinesAreRejected(String line, String place, String problem) {
    assertThatExceptionOfType(MalformedHistoryException.class)
        .isThrownBy(() -> Texts.events(line, HistoryFormat.ETCD_LOG))
        .withMessageStartingWith("history:" + place + ":")
        .withMessageContaining(problem);
  }

  @Test
  void theKvLogsOfPorcupineAreRead() {
    History history =
        Texts.history(
            """
            {:process 0, :type :invoke, :f :put, :key "3", :value "x 0 1 y"}
            {:process 0, :type :ok, :f :put, :key "3", :value "x 0 1 y"}
            {:process 1, :type :invoke, :f :get, :key "3", :value nil}
            {:process 1, :type :ok, :f :get, :key "3", :value "x 0 1 y"}
            """);

    assertThat(history.operations())
        .extracting(Operation::key, Operation::input, Operation::output)
        .containsExactly(
            tuple(Value.of("3"), Value.of("x 0 1 y"), Value.of("x 0 1 y")),
            tuple(Value.of("3"), Value.nil(), Value.of("x 0 1 y")));
  }
}
