package dev.labrys.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.History;
import dev.labrys.history.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AdversaryTest {

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void smallOnesHaveThePromisedVerdict(Adversary adversary) {
    for (int size = Adversary.SMALLEST; size <= 5; size++) {
      for (int seed = 0; seed < 5; seed++) {
        History history = adversary.make(size, new Seed(seed));

        assertThat(BruteForce.isLinearizable(adversary.kind(), history))
            .as("size %d, seed %d", size, seed)
            .isEqualTo(adversary.isLinearizable());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void equalSeedsMakeEqualHistories(Adversary adversary) {
    History first = adversary.make(300, new Seed(9));
    History second = adversary.make(300, new Seed(9));

    assertThat(first).isEqualTo(second);
    assertThat(first.size()).isGreaterThan(300);
  }

  @Test
  void abaHasAsManyOperationsAsItSays() {
    assertThat(Adversary.ABA.make(30, new Seed(1)).size()).isEqualTo(35);
    assertThat(Adversary.ALTERNATE.make(30, new Seed(1)).size()).isEqualTo(62);
    assertThat(Adversary.CRASH_LATE.make(20, new Seed(1)).size()).isEqualTo(240);
  }

  @Test
  void impossibleOnesAreRefused() {
    assertThatThrownBy(() -> Adversary.EULER.make(1, new Seed(1)))
        .hasMessageContaining("euler: size 1 is not between 2 and");
    assertThatThrownBy(() -> Adversary.named("evil")).hasMessageContaining("crash-late");
    assertThat(Adversary.named("subset-sum-odd")).isEqualTo(Adversary.SUBSET_SUM_ODD);
  }
}
