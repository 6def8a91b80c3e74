package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoverTreeTest {
  private record Interval(int from, int to) {}

  @Test
  void countsAsAnArrayDoes() {
    Property.forAll(
        200,
        (random, places) -> {
          CoverTree tree = new CoverTree(places);
          int[] counts = new int[places];
          List<Interval> intervals = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            int change = intervals.isEmpty() || random.nextInt(3) > 0 ? 1 : -1;
            Interval interval;
            if (change > 0) {
              int from = random.nextInt(places + 1);
              interval = new Interval(from, from + random.nextInt(places - from + 1));
              intervals.add(interval);
            } else {
              interval = intervals.remove(random.nextInt(intervals.size()));
            }
            tree.add(interval.from(), interval.to(), change);
            for (int place = interval.from(); place < interval.to(); place++) {
              counts[place] += change;
            }

            int from = random.nextInt(places + 1);
            assertThat(tree.firstCovered(from)).isEqualTo(first(counts, from, true));
            assertThat(tree.firstFree(from)).isEqualTo(first(counts, from, false));
          }
        });
  }

  private static int first(int[] counts, int from, boolean isCovered) {
    int place = from;
    while (place < counts.length && counts[place] > 0 != isCovered) {
      place++;
    }
    return place;
  }

  @Test
  void aLineWithoutPlacesIsNeitherFreeNorCovered() {
    CoverTree tree = new CoverTree(0);

    assertThat(tree.firstCovered(0)).isZero();
    assertThat(tree.firstFree(0)).isZero();
  }
}
