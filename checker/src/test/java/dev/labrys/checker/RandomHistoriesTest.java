package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RandomHistoriesTest {
  private static final int HISTORIES = 2_000;

  private static Stream<String> models() {
    return Models.all().stream().map(Model::name);
  }

  @ParameterizedTest
  @MethodSource("models")
  void bothVerdictsAreCommon(String name) {
    Model<?> model = Models.named(name);
    RandomGenerator random = new Seed(7).stream(name);
    RandomHistories histories = RandomHistories.of(name);

    int allowed = 0;
    for (int i = 0; i < HISTORIES; i++) {
      if (BruteForce.isLinearizable(model, histories.next(random))) {
        allowed++;
      }
    }

    assertThat(allowed).isBetween(HISTORIES / 10, HISTORIES * 19 / 20);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyOutcomeAndManySizesOccur(String name) {
    RandomGenerator random = new Seed(8).stream(name);
    RandomHistories histories = RandomHistories.of(name);

    int[] outcomes = new int[4];
    boolean[] sizes = new boolean[RandomHistories.MOST_OPERATIONS + 1];
    for (int i = 0; i < HISTORIES; i++) {
      History history = histories.next(random);
      sizes[history.size()] = true;
      history.operations().forEach(operation -> outcomes[kind(operation)]++);
    }

    assertThat(outcomes).doesNotContain(0);
    assertThat(sizes).containsOnlyOnce(false);
    assertThat(sizes[0]).isFalse();
  }

  private static int kind(Operation operation) {
    return switch (operation.outcome()) {
      case Outcome.Ok ok -> 0;
      case Outcome.Failed failed -> 1;
      case Outcome.Unknown unknown -> operation.returnPosition() == Operation.NEVER ? 2 : 3;
    };
  }

  @Test
  void theSameSeedGivesTheSameHistories() {
    List<History> once = some(new Seed(9).stream("queue"));
    List<History> again = some(new Seed(9).stream("queue"));

    assertThat(once).isEqualTo(again).doesNotHaveDuplicates();
  }

  private static List<History> some(RandomGenerator random) {
    RandomHistories histories = RandomHistories.of("queue");
    return Stream.generate(() -> histories.next(random))
        .filter(h -> h.size() > 5)
        .limit(20)
        .toList();
  }
}
