package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LongIntMapTest {
  @Test
  void isAMap() {
    Property.forAll(
        60,
        (random, size) -> {
          LongIntMap map = new LongIntMap();
          Map<Long, Integer> naive = new HashMap<>();
          for (int i = 0; i < 20 * size; i++) {
            // Keys as searches make them: two numbers in one.
            long key = ((long) random.nextInt(size) << 32) | random.nextInt(2 * size);
            if (random.nextBoolean()) {
              int value = random.nextInt();
              map.put(key, value);
              naive.put(key, value);
            }
            assertThat(map.get(key)).isEqualTo(naive.getOrDefault(key, LongIntMap.ABSENT));
          }
          naive.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
        });
  }

  @Test
  void knowsZeroAndNegativeKeys() {
    LongIntMap map = new LongIntMap();

    assertThat(map.get(0)).isEqualTo(LongIntMap.ABSENT);
    map.put(0, -1);
    map.put(-1, 0);

    assertThat(map.get(0)).isEqualTo(-1);
    assertThat(map.get(-1)).isZero();
    assertThat(map.get(Long.MIN_VALUE)).isEqualTo(LongIntMap.ABSENT);
  }

  @Test
  void weighsTwelveBytesAPlace() {
    LongIntMap map = new LongIntMap();
    for (int i = 0; i < 1000; i++) {
      map.put(i, i);
      map.put(i, i + 1);
    }

    assertThat(map.bytes()).isEqualTo(12 * 2048);
  }
}
