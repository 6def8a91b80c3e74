package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Call;
import dev.labrys.checker.Model;
import dev.labrys.checker.Models;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Step;
import dev.labrys.raft.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The store does what every model of the checker expects of it.
final class StoreModelsTest {
  private static final int RUNS = 50;
  private static final int STEPS = 100;

  private static Stream<Model<?>> models() {
    return Models.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  <S> void everyModelAgreesWithTheStore(Model<S> model) throws WireFormatException {
    int answered = 0;
    for (int run = 0; run < RUNS; run++) {
      RandomGenerator random = new Seed(run).stream(model.name());
      Store store = new Store();
      for (Step step : ModelAsk.beginning(model.name())) {
        store.apply(1, step.toBytes());
      }
      S state = model.initial();
      for (int i = 0; i < STEPS; i++) {
        ModelAsk ask = ModelAsk.draw(model.name(), random);
        Optional<Value> seen = ask.reading().apply(Answer.of(store.apply(1, ask.step().toBytes())));
        if (seen.isPresent()) {
          Call call = new Call(ask.function(), ask.input(), new Outcome.Ok(seen.get()));
          List<S> after = model.step(state, call);
          assertThat(after).as("%s in %s", call, model.describe(state)).isNotEmpty();
          state = after.getFirst();
          answered++;
        }
      }
    }
    assertThat(answered).isGreaterThan(RUNS * STEPS / 5);
  }
}
