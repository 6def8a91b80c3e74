package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistoryBuilderTest {
  private static final String INVOKE =
      "{\"type\":\"invoke\",\"process\":3,\"f\":\"read\",\"time\":10}\n";
  private static final String OK = "{\"type\":\"ok\",\"process\":3,\"time\":10}\n";
  private static final String FAULT =
      "{\"type\":\"fault\",\"id\":1,\"fault\":\"kill\",\"time\":10}\n";
  private static final String HEAL = "{\"type\":\"heal\",\"id\":1,\"time\":10}\n";
  private static final String EARLY =
      "{\"type\":\"note\",\"source\":\"s\",\"label\":\"l\",\"time\":9}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OK            | history:2: process 3 completes an operation, but it never invoked one",
        "INVOKE OK OK  | history:4: process 3 completes an operation, but its last one was"
            + " completed at history:3",
        "INVOKE INVOKE | history:3: process 3 invokes read while its read of history:2 is still"
            + " open",
        "INVOKE EARLY  | history:3: time runs backwards, 9 ns after 10 ns at history:2",
        "FAULT FAULT   | history:3: fault 1 starts, but the one of history:2 with that id is not"
            + " healed",
        "HEAL          | history:2: heals fault 1, which is not open",
      })
  void impossibleJournalsAreRejectedWithTheLinesAtOdds(String lines, String message) {
    String text =
        lines
            .replace("INVOKE", INVOKE)
            .replace("OK", OK)
            .replace("FAULT", FAULT)
            .replace("HEAL", HEAL)
            .replace("EARLY", EARLY)
            .replace("\n ", "\n");

    assertThatExceptionOfType(IllFormedHistoryException.class)
        .isThrownBy(() -> Texts.history("{\"labrys-history\":1}\n" + text + "\n"))
        .withMessage(message);
  }

  @Test
  void anOperationWithoutCompletionIsOfUnknownOutcome() {
    History history = Texts.history("{\"labrys-history\":1}\n" + INVOKE);

    assertThat(history.operations())
        .containsExactly(
            new Operation(
                0,
                3,
                "read",
                Value.nil(),
                Value.nil(),
                Outcome.unknown(),
                10,
                Operation.NEVER_TIME,
                0,
                Operation.NEVER));
  }

  @Test
  void manyProcessesAreToldApart() {
    HistoryBuilder builder = new HistoryBuilder();
    for (int process = -1000; process < 1000; process++) {
      builder.add(
          new Event.Invoked(process * 64, "f", Value.nil(), Value.of(process), process + 1000));
    }
    for (int process = 999; process >= -1000; process--) {
      builder.add(new Event.Completed(process * 64, Outcome.ok(Value.of(process)), 5000));
    }

    assertThat(builder.build().operations())
        .hasSize(2000)
        .allMatch(operation -> operation.input().equals(operation.output()));
  }
}
