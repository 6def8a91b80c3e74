package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BagTest {
  private static final int NUMBERS = 4;

  @Test
  void isAListWithoutOrder() {
    Property.forAll(
        300,
        (random, size) -> {
          List<Integer> naive = new ArrayList<>();
          int[] bag = Bag.EMPTY;
          for (int i = 0; i < size % 12; i++) {
            int element = random.nextInt(NUMBERS);
            if (naive.contains(element) && random.nextBoolean()) {
              naive.remove(Integer.valueOf(element));
              bag = Bag.without(bag, element);
            } else {
              naive.add(element);
              bag = Bag.with(bag, element);
            }
          }

          assertThat(bag).isSorted().hasSameSizeAs(naive);
          for (int element = 0; element < NUMBERS; element++) {
            int number = element;
            assertThat(Bag.count(bag, number))
                .isEqualTo((int) naive.stream().filter(each -> each == number).count());
          }
        });
  }

  @Test
  void isWithinWhatHasAtLeastAsManyOfEach() {
    Property.forAll(
        2000,
        (random, size) -> {
          int[] small = bag(random, 4);
          int[] large = bag(random, 6);
          boolean expected = true;
          for (int element = 0; element < NUMBERS; element++) {
            expected &= Bag.count(small, element) <= Bag.count(large, element);
          }

          assertThat(Bag.isWithin(small, large)).isEqualTo(expected);
          assertThat(Bag.isWithin(large, large)).isTrue();
          assertThat(Bag.isWithin(Bag.EMPTY, large)).isTrue();
        });
  }

  @Test
  void isNeverChanged() {
    int[] bag = {1, 3};

    Bag.with(bag, 2);
    Bag.without(bag, 3);

    assertThat(bag).containsExactly(1, 3);
  }

  private static int[] bag(RandomGenerator random, int most) {
    return random.ints(random.nextInt(most + 1), 0, NUMBERS).sorted().toArray();
  }
}
