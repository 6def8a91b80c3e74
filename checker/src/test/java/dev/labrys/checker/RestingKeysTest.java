package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A long history with many keys, each of which is soon left alone.
final class RestingKeysTest {
  private static final int KEYS = 20_000;

  private final StreamingChecker checker = StreamingChecker.of(Models.register());
  private long time;

  private Optional<Violation> run(int key, String function, Value input, Value output) {
    assertThat(invoke(0, key, function, input)).isEmpty();
    return complete(0, Outcome.ok(output));
  }

  private Optional<Violation> invoke(int process, int key, String function, Value input) {
    return checker.accept(new Event.Invoked(process, function, Value.of(key), input, ++time));
  }

  private Optional<Violation> complete(int process, Outcome outcome) {
    return checker.accept(new Event.Completed(process, outcome, ++time));
  }

  @Test
  void keysThatAreLeftAloneTakeHardlyAnyMemoryAndAreNotForgotten() {
    for (int key = 0; key < KEYS; key++) {
      assertThat(run(key, "write", Value.of(key), Value.nil())).isEmpty();
    }

    assertThat(checker.bytes()).isLessThan(600L * KEYS);
    assertThat(run(7, "read", Value.nil(), Value.of(7))).isEmpty();
    assertThat(run(8, "read", Value.nil(), Value.of(7)))
        .hasValueSatisfying(
            violation -> assertThat(violation.culprit().key()).isEqualTo(Value.of(8)));
    assertThat(checker.close()).isEqualTo(Status.INVALID);
  }

  @Test
  void aKeyWithAnUnknownOutcomeStaysAwake() {
    assertThat(invoke(1, 0, "write", Value.of(5))).isEmpty();
    assertThat(complete(1, Outcome.unknown())).isEmpty();
    for (int key = 1; key < KEYS; key++) {
      assertThat(run(key, "write", Value.of(key), Value.nil())).isEmpty();
    }

    assertThat(run(0, "read", Value.nil(), Value.nil())).isEmpty();
    assertThat(run(0, "read", Value.nil(), Value.of(5))).isEmpty();
    assertThat(run(0, "read", Value.nil(), Value.nil())).isPresent();
  }

  @Test
  void aKeyThatMayBeInSeveralStatesStaysSo() {
    assertThat(invoke(1, 0, "write", Value.of(1))).isEmpty();
    assertThat(invoke(2, 0, "write", Value.of(2))).isEmpty();
    assertThat(complete(1, Outcome.ok(Value.nil()))).isEmpty();
    assertThat(complete(2, Outcome.ok(Value.nil()))).isEmpty();
    for (int key = 1; key < KEYS; key++) {
      assertThat(run(key, "write", Value.of(key), Value.nil())).isEmpty();
    }

    assertThat(run(0, "read", Value.nil(), Value.of(1))).isEmpty();
    assertThat(run(0, "read", Value.nil(), Value.of(2))).isPresent();
  }
}
