package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueNumbersTest {
  @Test
  void numbersValuesInTheOrderInWhichTheyAreSeen() {
    Property.forAll(
        60,
        (random, size) -> {
          ValueNumbers numbers = new ValueNumbers(random.nextInt(4));
          List<Value> naive = new ArrayList<>();
          for (int i = 0; i < 10 * size; i++) {
            Value value =
                random.nextBoolean()
                    ? Value.of(random.nextInt(4 * size))
                    : Value.of("v" + random.nextInt(4 * size));
            if (!naive.contains(value)) {
              naive.add(value);
            }

            assertThat(numbers.number(value)).isEqualTo(naive.indexOf(value));
            assertThat(numbers.size()).isEqualTo(naive.size());
          }
          for (int i = 0; i < naive.size(); i++) {
            assertThat(numbers.value(i)).isEqualTo(naive.get(i));
            assertThat(numbers.number(naive.get(i))).isEqualTo(i);
          }
        });
  }
}
