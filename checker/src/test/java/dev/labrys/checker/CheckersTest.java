package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import org.junit.jupiter.api.Test;

final class CheckersTest {
  @Test
  void everyNameIsThatOfAChecker() {
    assertThat(Checkers.names())
        .allSatisfy(name ->
            assertThat(
                    Checkers.named(name, Models.fencedMutex(), SearchBudget.standard())
                        .check(Recorder.inMemory(() -> 0).history()))
                .isInstanceOf(Verdict.Valid.class));
  }

  @Test
  void aWrongNameIsComplainedOf() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkers.named("monotone", Models.counter(), SearchBudget.standard()))
        .withMessageContaining("monotonic");
  }

  /// A register that north has written is another's to south.
  @Test
  void byKeyJudgesEachKeyAlone() {
    Recorder recorder = Recorder.inMemory(() -> 0);
    recorder.invoke(0, "txn", Value.of("north"), write(1));
    recorder.ok(0, write(1));
    recorder.invoke(0, "txn", Value.of("south"), read(Value.nil()));
    recorder.ok(0, read(Value.nil()));

    assertThat(status("linearizable-by-key", recorder)).isInstanceOf(Verdict.Valid.class);
    assertThat(status("linearizable", recorder)).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void byKeyStillFindsWhatIsWrong() {
    Recorder recorder = Recorder.inMemory(() -> 0);
    recorder.invoke(0, "txn", Value.of("north"), write(1));
    recorder.ok(0, write(1));
    recorder.invoke(0, "txn", Value.of("north"), read(Value.of(2)));
    recorder.ok(0, read(Value.of(2)));

    assertThat(status("linearizable-by-key", recorder)).isInstanceOf(Verdict.Invalid.class);
  }

  private static Verdict status(String checker, Recorder recorder) {
    return Checkers.named(checker, Models.multiRegister(), SearchBudget.standard())
        .check(recorder.history());
  }

  private static Value write(long value) {
    return Value.sequence(Value.sequence(Value.keyword("w"), Value.of("x"), Value.of(value)));
  }

  private static Value read(Value seen) {
    return Value.sequence(Value.sequence(Value.keyword("r"), Value.of("x"), seen));
  }
}
