package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrecedenceTest {
  private static Answer solve(Precedence precedence, Partition partition) {
    boolean[] all = new boolean[partition.size()];
    Arrays.fill(all, true);
    return precedence.solve(all);
  }

  @Test
  void ordersAsTold() {
    Partition partition = Intervals.writes(0, 10, 1, 9, 2, 8);
    Precedence precedence = new Precedence(partition, 0);
    precedence.precedes(2, 1);
    precedence.precedes(1, 0);

    assertThat(solve(precedence, partition))
        .isInstanceOfSatisfying(
            Answer.Linearizable.class, found -> assertThat(found.order()).containsExactly(2, 1, 0));
  }

  @Test
  void findsACircle() {
    Partition partition = Intervals.writes(0, 10, 1, 9, 2, 8, 3, 7);
    Precedence precedence = new Precedence(partition, 1);
    precedence.precedes(0, 1);
    precedence.precedes(1, 4);
    precedence.precedes(4, 2);
    precedence.precedes(2, 1);
    precedence.precedes(2, 3);

    assertThat(solve(precedence, partition))
        .isInstanceOfSatisfying(
            Answer.Contradiction.class,
            found -> assertThat(found.operations()).containsExactlyInAnyOrder(1, 2));
  }

  @Test
  void findsWhoReturnedTooEarly() {
    Partition partition = Intervals.writes(0, 1, 2, 9, 3, 8);
    Precedence precedence = new Precedence(partition, 1);
    precedence.precedes(1, 3);
    precedence.precedes(3, 0);

    assertThat(solve(precedence, partition))
        .isInstanceOfSatisfying(
            Answer.Contradiction.class,
            found -> {
              assertThat(found.operations()).containsExactly(0, 1);
              assertThat(found.reason()).contains("must come after");
            });
  }

  @Test
  void aMomentIsHandedOnThroughWhatIsBetween() {
    Partition partition = Intervals.writes(0, 5, 1, 9, 6, 8);
    Precedence precedence = new Precedence(partition, 0);
    precedence.precedes(2, 1);
    precedence.precedes(1, 0);

    assertThat(solve(precedence, partition))
        .isInstanceOfSatisfying(
            Answer.Contradiction.class,
            found -> assertThat(found.operations()).containsExactly(0, 2));
  }

  @Test
  void leavesOutWhatIsNotIncluded() {
    Partition partition = Intervals.writes(0, Operation.NEVER, 1, 9);

    Answer answer = new Precedence(partition, 0).solve(new boolean[] {false, true});

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Linearizable.class, found -> assertThat(found.order()).containsExactly(1));
  }

  /// All orders are tried where there are few operations.
  @Test
  void findsAnOrderIfAndOnlyIfThereIsOne() {
    Property.forAll(
        1500,
        (random, run) -> {
          Partition partition = Intervals.random(random, 1 + random.nextInt(5));
          Precedence precedence = new Precedence(partition, 0);
          boolean[][] precedes = new boolean[partition.size()][partition.size()];
          for (int i = random.nextInt(6); i > 0; i--) {
            int earlier = random.nextInt(partition.size());
            int later = random.nextInt(partition.size());
            if (earlier != later) {
              precedence.precedes(earlier, later);
              precedes[earlier][later] = true;
            }
          }

          boolean isPossible = canContinue(partition, precedes, new ArrayList<>());
          Answer answer = solve(precedence, partition);
          if (answer instanceof Answer.Linearizable found) {
            assertThat(isPossible).isTrue();
            assertThat(isAllowed(partition, precedes, found.order())).isTrue();
          } else {
            assertThat(isPossible).isFalse();
          }
        });
  }

  private static boolean canContinue(
      Partition partition, boolean[][] precedes, List<Integer> order) {
    if (order.size() == partition.size()) {
      return isAllowed(partition, precedes, order.stream().mapToInt(each -> each).toArray());
    }
    for (int next = 0; next < partition.size(); next++) {
      if (!order.contains(next)) {
        order.add(next);
        boolean isPossible = canContinue(partition, precedes, order);
        order.removeLast();
        if (isPossible) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAllowed(Partition partition, boolean[][] precedes, int[] order) {
    if (order.length != partition.size()) {
      return false;
    }
    for (int i = 0; i < order.length; i++) {
      for (int j = i + 1; j < order.length; j++) {
        if (precedes[order[j]][order[i]]
            || partition.returnAt(order[j]) < partition.callAt(order[i])) {
          return false;
        }
      }
    }
    return true;
  }
}
