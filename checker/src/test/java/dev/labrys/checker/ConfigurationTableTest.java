package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ConfigurationTableTest {

  /// The same, without any thought of speed.
  private static final class Reference {
    // Nobody compares or changes entries.
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(List<Long> key, int[] used) {}

    private final List<Entry> entries = new ArrayList<>();

    boolean containsAtLeast(long[] key, int[] used) {
      return entries.stream()
          .anyMatch(entry -> entry.key().equals(boxed(key)) && Bag.isWithin(entry.used(), used));
    }

    boolean add(long[] key, int[] used) {
      return !containsAtLeast(key, used) && entries.add(new Entry(boxed(key), used));
    }

    int size() {
      Set<List<Long>> keys = new HashSet<>();
      entries.forEach(entry -> keys.add(entry.key()));
      return keys.size();
    }

    private static List<Long> boxed(long[] key) {
      List<Long> boxed = new ArrayList<>();
      for (long word : key) {
        boxed.add(word);
      }
      return boxed;
    }
  }

  @Test
  void keepsWhatIsNotDominated() {
    Property.forAll(
        40,
        (random, size) -> {
          int words = 1 + random.nextInt(3);
          ConfigurationTable table = new ConfigurationTable(words, true);
          for (int generation = 0; generation < 3; generation++) {
            compare(table, words, random, 10 * size);
            table.clear();
            assertThat(table.size()).isZero();
          }
        });
  }

  private static void compare(
      ConfigurationTable table, int words, RandomGenerator random, int steps) {
    Reference reference = new Reference();
    int keys = 1 + steps / 3;
    for (int i = 0; i < steps; i++) {
      long[] key = new long[words];
      key[random.nextInt(words)] = random.nextInt(keys);
      int[] used = random.ints(random.nextInt(4), 0, 3).sorted().toArray();

      assertThat(table.containsAtLeast(key, used)).isEqualTo(reference.containsAtLeast(key, used));
      if (random.nextBoolean()) {
        assertThat(table.add(key, used)).isEqualTo(reference.add(key, used));
      }
      assertThat(table.size()).isEqualTo(reference.size());
    }
  }

  @Test
  void forgetsUsesThatANewOneDominates() {
    ConfigurationTable table = new ConfigurationTable(1, true);
    long[] key = {7};

    assertThat(table.add(key, new int[] {1, 2})).isTrue();
    assertThat(table.add(key, new int[] {2, 3})).isTrue();
    assertThat(table.add(key, new int[] {2})).isTrue();
    assertThat(table.add(key, new int[] {1, 2})).isFalse();
    assertThat(table.add(key, new int[] {1})).isTrue();
    assertThat(table.containsAtLeast(key, Bag.EMPTY)).isFalse();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void doesNotAskForUsesWhereThereAreNone() {
    ConfigurationTable table = new ConfigurationTable(2, false);

    assertThat(table.add(new long[] {1, 2}, Bag.EMPTY)).isTrue();
    assertThat(table.add(new long[] {1, 2}, Bag.EMPTY)).isFalse();
    assertThat(table.containsAtLeast(new long[] {1, 2}, Bag.EMPTY)).isTrue();
    assertThat(table.containsAtLeast(new long[] {2, 1}, Bag.EMPTY)).isFalse();
  }

  @Test
  void weighsMoreTheMoreItHolds() {
    ConfigurationTable table = new ConfigurationTable(2, true);
    long empty = table.bytes();

    for (int i = 0; i < 10_000; i++) {
      table.add(new long[] {i, 0}, new int[] {1, 2, 3});
    }

    assertThat(table.bytes()).isGreaterThan(empty + 10_000 * (2 * 8 + 3 * 4));
  }
}
