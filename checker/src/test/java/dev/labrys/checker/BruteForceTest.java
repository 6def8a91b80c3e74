package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The oracle on histories small enough to judge by eye.
final class BruteForceTest {
  private final HistoryBuilder journal = new HistoryBuilder();
  private long time;

  private void invoke(int process, String function, Value input) {
    invoke(process, function, Value.nil(), input);
  }

  private void invoke(int process, String function, Value key, Value input) {
    journal.add(new Event.Invoked(process, function, key, input, time++));
  }

  private void complete(int process, Outcome outcome) {
    journal.add(new Event.Completed(process, outcome, time++));
  }

  private void write(int process, int value) {
    invoke(process, "write", Value.of(value));
    complete(process, Outcome.ok(Value.nil()));
  }

  private void read(int process, Value seen) {
    invoke(process, "read", Value.nil());
    complete(process, Outcome.ok(seen));
  }

  private boolean isAllowed(Model<?> model) {
    return BruteForce.isLinearizable(model, journal.build());
  }

  @Test
  void theEmptyHistoryIsAllowed() {
    assertThat(isAllowed(Models.register())).isTrue();
  }

  @Test
  void realTimeOrderIsKept() {
    write(0, 1);
    write(0, 2);
    read(1, Value.of(1));

    assertThat(isAllowed(Models.register())).isFalse();
  }

  @Test
  void overlappingOperationsGoInEitherOrder() {
    invoke(0, "write", Value.of(1));
    read(1, Value.nil());
    read(1, Value.of(1));
    complete(0, Outcome.ok(Value.nil()));

    assertThat(isAllowed(Models.register())).isTrue();
  }

  @Test
  void unknownOperationsMayTakeEffectLate() {
    invoke(0, "write", Value.of(1));
    complete(0, Outcome.unknown());
    read(1, Value.nil());
    read(1, Value.of(1));

    assertThat(isAllowed(Models.register())).isTrue();
  }

  @Test
  void unknownOperationsTakeEffectOnlyOnce() {
    invoke(0, "write", Value.of(1));
    write(1, 2);
    read(1, Value.of(1));
    write(1, 3);
    read(1, Value.of(1));

    assertThat(isAllowed(Models.register())).isFalse();
  }

  @Test
  void failedOperationsNeverHappened() {
    invoke(0, "write", Value.of(1));
    complete(0, Outcome.failed());
    read(1, Value.of(1));

    assertThat(isAllowed(Models.register())).isFalse();
  }

  @Test
  void keysAreDifferentObjects() {
    invoke(0, "write", Value.of("x"), Value.of(1));
    complete(0, Outcome.ok(Value.nil()));
    invoke(0, "read", Value.of("y"), Value.nil());
    complete(0, Outcome.ok(Value.nil()));

    assertThat(isAllowed(Models.register())).isTrue();
  }

  @Test
  void objectsMayHaveAChoice() {
    write(0, 1);
    write(0, 2);
    read(1, Value.of(1));

    assertThat(isAllowed(new LossyRegister())).isTrue();
    read(1, Value.of(2));
    assertThat(isAllowed(new LossyRegister())).isFalse();
  }

  /// Fewer promises of the object can only allow more.
  @Test
  void whatARegisterAllowsALossyOneAllows() {
    RandomGenerator random = new Seed(11).stream("lossy");
    RandomHistories histories =
        RandomHistories.of(new LossyRegister(), Conversation.about("register"));

    int difference = 0;
    for (int i = 0; i < 3_000; i++) {
      History history = histories.next(random);
      boolean isAllowed = BruteForce.isLinearizable(Models.register(), history);
      boolean isAllowedLossy = BruteForce.isLinearizable(new LossyRegister(), history);
      assertThat(isAllowedLossy || !isAllowed).isTrue();
      difference += isAllowed == isAllowedLossy ? 0 : 1;
    }

    assertThat(difference).isPositive();
  }
}
