package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeysTest {
  private static final String TUPLES =
      """
      {:process 0, :type :invoke, :f :write, :value [5 1]}
      {:process 1, :type :invoke, :f :read, :value [6 nil]}
      {:process 0, :type :ok, :f :write, :value [5 1]}
      {:process 2, :type :invoke, :f :delete, :value [7 nil]}
      {:process 1, :type :info, :f :read, :value :timed-out}
      {:process 2, :type :ok, :f :delete}
      """;

  @Test
  void tuplesAreLiftedWhileReadingOrAfterwards() {
    ReadOptions options = ReadOptions.standard();

    History lifted = Texts.history(Texts.bytes(TUPLES), options.withKeys(Keys.TUPLE));

    assertThat(lifted.operations())
        .extracting(Operation::key, Operation::input, Operation::output)
        .containsExactly(
            tuple(Value.of(5), Value.of(1), Value.of(1)),
            tuple(Value.of(6), Value.nil(), Value.nil()),
            tuple(Value.of(7), Value.nil(), Value.nil()));
    assertThat(Keys.TUPLE.applyTo(Texts.history(TUPLES))).isEqualTo(lifted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{:process 0, :type :invoke, :f :write, :value 5}            | expected a pair [key value]",
        "{:process 0, :type :invoke, :f :write, :value [1 2 3]}      | expected a pair [key value]",
        "{:process 0, :type :invoke, :f :w, :key 1, :value [1 2]}    | in a field of its own",
        "{:process 0, :type :invoke, :f :read, :value [1 nil]}"
            + " {:process 0, :type :ok, :f :read, :value [2 3]}      | answers for the key 2",
        "{:process 0, :type :invoke, :f :read, :value [1 nil]}"
            + " {:process 0, :type :ok, :f :read, :value 3}          | expected a pair [key value]",
      })
  void whatIsNoTupleIsRefused(String text, String problem) {
    assertThatExceptionOfType(IllFormedHistoryException.class)
        .isThrownBy(
            () -> Texts.history(Texts.bytes(text), ReadOptions.standard().withKeys(Keys.TUPLE)))
        .withMessageContaining("history:1: ")
        .withMessageContaining(problem);
    assertThatExceptionOfType(IllFormedHistoryException.class)
        .isThrownBy(() -> Keys.TUPLE.applyTo(Texts.history(text)))
        .withMessageContaining("operation 0 (process 0, ")
        .withMessageContaining(problem);
  }

  @Test
  void withoutKeysThereIsOneObject() {
    String text = "{:process 0, :type :invoke, :f :put, :key 1, :value 2}";

    History history = Texts.history(Texts.bytes(text), ReadOptions.standard().withKeys(Keys.NONE));

    assertThat(history.operations()).extracting(Operation::key).containsExactly(Value.nil());
    assertThat(Keys.NONE.applyTo(Texts.history(text))).isEqualTo(history);
  }
}
