package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Action;
import dev.labrys.history.Event;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class WorkloadTest {
  @Test
  void aRunIsAFunctionOfItsSeed() {
    assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
  }

  @Test
  void casRegisterEndsByReadingEveryKey() {
    List<Operation> operations = run(7);

    List<Operation> closing = operations.subList(operations.size() - 3, operations.size());
    assertThat(closing).extracting(Operation::function).containsOnly("read");
    assertThat(closing)
        .extracting(Operation::key)
        .containsExactly(Value.of(0), Value.of(1), Value.of(2));
  }

  @Test
  void casRegisterUsesAllItsFunctions() {
    assertThat(run(7)).extracting(Operation::function).contains("read", "write", "cas");
  }

  @Test
  void refusesToHaveNothingToWorkOn() {
    assertThatIllegalArgumentException().isThrownBy(() -> Workload.casRegister(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Workload.casRegister(3, 0));
  }

  /// One process that does each action in 10 ns, until the workload is done.
  private static List<Operation> run(long seed) {
    RandomGenerator random = new Seed(seed).stream("workload");
    HistoryBuilder history = new HistoryBuilder();
    Generator generator = Workload.casRegister(3, 5).generator(1_000);
    long time = 0;
    while (generator.next(new Context(time, 0, 0, 0), random)
        instanceof Generator.Act(Action action, Generator rest)) {
      history.add(action.invokedBy(0, time));
      history.add(new Event.Completed(0, Outcome.unknown(), time + 10));
      time += 10;
      generator = rest;
    }
    return history.build().operations();
  }
}
