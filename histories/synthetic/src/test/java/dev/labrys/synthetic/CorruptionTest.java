package dev.labrys.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.History;
import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CorruptionTest {
  private static final int SEEDS = 150;

  static Stream<Arguments> applicable() {
    List<Arguments> pairs = new ArrayList<>();
    for (ObjectKind kind : ObjectKind.values()) {
      Corruption.of(kind).forEach(corruption -> pairs.add(Arguments.of(kind, corruption)));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("applicable")
  void smallCorruptedHistoriesAreNotLinearizable(ObjectKind kind, Corruption corruption) {
    int corrupted = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Recipe recipe =
          Recipe.of(kind)
              .withOperations(8)
              .withClients(1 + seed % 3)
              .withKeys(1 + seed % 2)
              .withCrashFraction(seed % 5 == 0 ? 0.2 : 0)
              .withDistinctValues(seed % 4 == 0 ? 3 : Recipe.UNIQUE)
              .withReadFraction(0.5)
              .withThinkNanos(500_000)
              .withSeed(new Seed(seed));
      History valid = recipe.make().history();
      Optional<Corrupted> invalid = corruption.find(kind, valid, new Seed(seed));
      if (invalid.isPresent()) {
        corrupted++;
        assertThat(BruteForce.isLinearizable(kind, valid)).as("seed %d, before", seed).isTrue();
        assertThat(BruteForce.isLinearizable(kind, invalid.get().history()))
            .as("seed %d: %s", seed, invalid.get().change())
            .isFalse();
      }
    }
    assertThat(corrupted).isGreaterThan(SEEDS / 30);
  }

  @ParameterizedTest
  @MethodSource("applicable")
  void aCorruptionChangesWhatItSays(ObjectKind kind, Corruption corruption) {
    History valid = Recipe.of(kind).withOperations(2000).withClients(4).make().history();

    Corrupted invalid = corruption.apply(kind, valid, new Seed(5));

    List<Integer> changed =
        IntStream.range(0, valid.size())
            .filter(i -> !valid.operations().get(i).equals(invalid.history().operations().get(i)))
            .boxed()
            .toList();
    assertThat(invalid.operations()).containsExactlyInAnyOrderElementsOf(changed);
    assertThat(changed.size()).isBetween(1, 2);
    assertThat(invalid.change()).startsWith(corruption.label().replace('-', ' ') + ": ");
    for (int place : changed) {
      assertThat(invalid.change()).contains("(operation " + place + ")");
    }
    assertThat(corruption.apply(kind, valid, new Seed(5))).isEqualTo(invalid);
  }

  @ParameterizedTest
  @MethodSource("applicable")
  void thereIsAPlaceInBusyHistoriesToo(ObjectKind kind, Corruption corruption) {
    Recipe recipe =
        Recipe.of(kind).withOperations(3000).withClients(30).withKeys(3).withCrashFraction(0.001);

    Corrupted invalid = corruption.apply(kind, recipe.make().history(), new Seed(6));

    assertThat(invalid.corruption()).isEqualTo(corruption);
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void everyKindCanBeCorrupted(ObjectKind kind) {
    assertThat(Corruption.of(kind)).isNotEmpty();
  }

  @Test
  void refusesWhatCantBeCorrupted() {
    History none = new History(List.of());

    assertThatThrownBy(() -> Corruption.STALE_READ.apply(ObjectKind.REGISTER, none, new Seed(1)))
        .hasMessageContaining("stale-read: no place for it")
        .hasMessageContaining("more operations");
    assertThatThrownBy(() -> Corruption.STALE_READ.apply(ObjectKind.QUEUE, none, new Seed(1)))
        .hasMessageContaining("stale-read does not apply to queue")
        .hasMessageContaining("double-dequeue");
    assertThatThrownBy(() -> Corruption.named("bit-rot")).hasMessageContaining("split-cas");
    assertThat(Corruption.named("split-cas")).isEqualTo(Corruption.SPLIT_CAS);
  }
}
