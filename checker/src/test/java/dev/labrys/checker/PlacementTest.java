package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacementTest {
  @Test
  void sortsByTimeAndThenByWhoWasFirst() {
    Property.forAll(
        100,
        (random, size) -> {
          record Placed(long time, int operation) {}
          Placement placement = new Placement(random.nextInt(size));
          List<Placed> naive = new ArrayList<>();
          for (int operation = 0; operation < size; operation++) {
            long time = random.nextInt(size) - 1L;
            placement.place(time, operation);
            naive.add(new Placed(time, operation));
          }
          naive.sort(Comparator.comparingLong(Placed::time));

          assertThat(placement.order())
              .containsExactly(naive.stream().mapToInt(Placed::operation).toArray());
        });
  }

  @Test
  void leavesRoomBetweenEventsUpToTheLast() {
    Placement placement = new Placement(0);
    int last = Integer.MAX_VALUE - 1;

    placement.place(Placement.at(last) + 1, 2);
    placement.place(Placement.at(last), 1);
    placement.place(Placement.at(0) - 1, 0);

    assertThat(placement.order()).containsExactly(0, 1, 2);
  }
}
