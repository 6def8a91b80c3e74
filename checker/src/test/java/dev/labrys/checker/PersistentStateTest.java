package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The structures that states are made of, against the mutable ones of the JDK.
final class PersistentStateTest {
  private static final int STEPS = 20_000;

  @Test
  void chainBehavesLikeAStack() {
    RandomGenerator random = new Seed(1).stream("chain");
    List<Value> expected = new ArrayList<>();
    Chain chain = Chain.EMPTY;

    for (int i = 0; i < STEPS; i++) {
      if (!expected.isEmpty() && random.nextInt(100) < 48) {
        assertThat(chain.last()).isEqualTo(expected.removeLast());
        chain = chain.withoutLast();
      } else {
        Value value = Value.of(random.nextInt(3));
        expected.add(value);
        chain = chain.with(value);
      }
      assertThat(chain.holdsExactly(expected)).isTrue();
      assertThat(chain.size()).isEqualTo(expected.size());
    }

    assertThat(chain.values()).isEqualTo(expected);
    assertThat(chain).isEqualTo(chainOf(expected)).hasSameHashCodeAs(chainOf(expected));
    assertThat(chain.reversed().values()).isEqualTo(expected.reversed());
  }

  @Test
  void chainsThatDifferAnywhereDiffer() {
    Chain chain = chainOf(List.of(Value.of(1), Value.of(2), Value.of(3)));

    assertThat(chain)
        .isNotEqualTo(chainOf(List.of(Value.of(4), Value.of(2), Value.of(3))))
        .isNotEqualTo(chainOf(List.of(Value.of(1), Value.of(2))))
        .isNotEqualTo(Chain.EMPTY)
        .hasToString("[1, 2, 3]");
  }

  @Test
  void chainKnowsWhatBeginsWithIt() {
    Chain chain = chainOf(List.of(Value.of(1), Value.of(2)));

    assertThat(chain.isPrefixOf(List.of(Value.of(1), Value.of(2), Value.of(3)))).isTrue();
    assertThat(chain.isPrefixOf(List.of(Value.of(1), Value.of(3), Value.of(2)))).isFalse();
    assertThat(chain.isPrefixOf(List.of(Value.of(1)))).isFalse();
    assertThat(Chain.EMPTY.isPrefixOf(List.of())).isTrue();
  }

  @Test
  void anEmptyChainHasNoLastElement() {
    assertThatThrownBy(Chain.EMPTY::last)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no last element");
  }

  private static Chain chainOf(List<Value> values) {
    Chain chain = Chain.EMPTY;
    for (Value value : values) {
      chain = chain.with(value);
    }
    return chain;
  }

  @Test
  void fifoBehavesLikeAQueue() {
    RandomGenerator random = new Seed(2).stream("fifo");
    Deque<Value> expected = new ArrayDeque<>();
    Fifo fifo = Fifo.EMPTY;

    for (int i = 0; i < STEPS; i++) {
      if (!expected.isEmpty() && random.nextInt(100) < 49) {
        assertThat(fifo.head()).isEqualTo(expected.remove());
        fifo = fifo.dequeued();
      } else {
        Value value = Value.of(random.nextInt(3));
        expected.add(value);
        fifo = fifo.enqueued(value);
      }
      assertThat(fifo.isEmpty()).isEqualTo(expected.isEmpty());
      if (i % 64 == 0) {
        assertThat(fifo.values()).isEqualTo(List.copyOf(expected));
      }
    }
  }

  @Test
  void fifosAreEqualHoweverTheyCameAbout() {
    RandomGenerator random = new Seed(3).stream("fifo");

    for (int round = 0; round < 500; round++) {
      Fifo longWay = Fifo.EMPTY;
      for (int i = 0; i < 20; i++) {
        boolean isShrinking = !longWay.isEmpty() && random.nextInt(100) < 40;
        longWay = isShrinking ? longWay.dequeued() : longWay.enqueued(Value.of(random.nextInt(3)));
      }
      Fifo shortWay = Fifo.EMPTY;
      for (Value value : longWay.values()) {
        shortWay = shortWay.enqueued(value);
      }

      assertThat(longWay).isEqualTo(shortWay).hasSameHashCodeAs(shortWay);
      assertThat(longWay.enqueued(Value.of(7))).isNotEqualTo(shortWay.enqueued(Value.of(8)));
    }
  }

  @Test
  void valueMapBehavesLikeAMap() {
    RandomGenerator random = new Seed(4).stream("map");
    Map<Value, Integer> expected = new HashMap<>();
    ValueMap<Integer> map = ValueMap.empty();

    for (int i = 0; i < STEPS; i++) {
      Value key = key(random.nextInt(300));
      if (random.nextInt(100) < 48) {
        expected.remove(key);
        map = map.without(key);
      } else {
        expected.put(key, i);
        map = map.with(key, i);
      }
      assertThat(map.size()).isEqualTo(expected.size());
      assertThat(map.contains(key)).isEqualTo(expected.containsKey(key));
      assertThat(map.find(key, -1)).isEqualTo(expected.getOrDefault(key, -1));
    }

    assertThat(map.sorted()).isEqualTo(expected);
    assertThat(map).isEqualTo(mapOf(expected)).hasSameHashCodeAs(mapOf(expected));
    Value some = expected.keySet().iterator().next();
    assertThat(map.with(some, -7)).isNotEqualTo(map);
    assertThat(map.without(some)).isNotEqualTo(map);
  }

  @Test
  void valueMapsAreEqualHoweverTheyCameAbout() {
    RandomGenerator random = new Seed(5).stream("map");

    for (int round = 0; round < 300; round++) {
      ValueMap<Integer> longWay = ValueMap.empty();
      for (int i = 0; i < 60; i++) {
        Value key = key(random.nextInt(40));
        longWay = random.nextBoolean() ? longWay.with(key, i % 2) : longWay.without(key);
      }
      Map<Value, Integer> entries = longWay.sorted();
      ValueMap<Integer> shortWay = mapOf(entries);

      assertThat(longWay).isEqualTo(shortWay).hasSameHashCodeAs(shortWay);
    }
  }

  /// Every third key has the hash of another key: `Aa` and `BB` have equal hashes in Java.
  private static Value key(int number) {
    return switch (number % 3) {
      case 0 -> Value.of(collidingText(number / 3));
      case 1 -> Value.of(number);
      default -> Value.keyword("k" + number);
    };
  }

  private static String collidingText(int number) {
    StringBuilder text = new StringBuilder();
    for (int bits = number + 1; bits > 1; bits >>= 1) {
      text.append((bits & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static ValueMap<Integer> mapOf(Map<Value, Integer> entries) {
    ValueMap<Integer> map = ValueMap.empty();
    for (Map.Entry<Value, Integer> entry : entries.entrySet()) {
      map = map.with(entry.getKey(), entry.getValue());
    }
    return map;
  }

  @Test
  void valueMapIsShownInOrder() {
    ValueMap<Integer> map =
        ValueMap.<Integer>empty()
            .with(Value.of("b"), 1)
            .with(Value.of(10), 2)
            .with(Value.of(9), 3)
            .with(Value.of("a"), 4);

    assertThat(map).hasToString("{9=3, 10=2, \"a\"=4, \"b\"=1}");
  }
}
