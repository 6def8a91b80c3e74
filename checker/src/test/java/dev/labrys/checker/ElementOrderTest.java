package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ElementOrderTest {

  /// The intervals of some elements, and which of them are to be ordered.
  // Nobody compares or changes cases.
  @SuppressWarnings("ArrayRecordComponent")
  private record Case(int[] members, int[] inCall, int[] inReturn, int[] outCall, int[] outReturn) {

    static Case random(RandomGenerator random, int most) {
      int elements = 1 + random.nextInt(most);
      int[] inCall = new int[elements];
      int[] inReturn = new int[elements];
      int[] outCall = new int[elements];
      int[] outReturn = new int[elements];
      for (int i = 0; i < elements; i++) {
        inCall[i] = random.nextInt(3 * elements);
        inReturn[i] = inCall[i] + 1 + random.nextInt(6);
        outCall[i] = random.nextInt(3 * elements);
        outReturn[i] = outCall[i] + 1 + random.nextInt(6);
      }
      int[] members = random.ints(0, elements).limit(2L * elements).distinct().toArray();
      return new Case(members, inCall, inReturn, outCall, outReturn);
    }

    boolean precedes(int one, int two) {
      return inReturn[one] < inCall[two] || outReturn[one] < outCall[two];
    }

    /// Takes away elements that nobody precedes until none is left, or none can be taken.
    boolean canBeOrdered() {
      boolean[] isGone = new boolean[inCall.length];
      for (int round = 0; round < members.length; round++) {
        for (int member : members) {
          boolean isFirst = !isGone[member];
          for (int other : members) {
            isFirst &= other == member || isGone[other] || !precedes(other, member);
          }
          if (isFirst) {
            isGone[member] = true;
          }
        }
      }
      for (int member : members) {
        if (!isGone[member]) {
          return false;
        }
      }
      return true;
    }

    ElementOrder elementOrder() {
      return new ElementOrder(members, inCall, inReturn, outCall, outReturn);
    }
  }

  @Test
  void ordersIfAndOnlyIfThereIsAnOrder() {
    Property.forAll(
        1000,
        (random, size) -> {
          Case elements = Case.random(random, 1 + size % 12);
          ElementOrder elementOrder = elements.elementOrder();
          int[] order = new int[elements.members().length];

          boolean isOrdered = elementOrder.sort(order);

          assertThat(isOrdered).isEqualTo(elements.canBeOrdered());
          if (isOrdered) {
            assertThat(order).containsExactlyInAnyOrder(elements.members());
            for (int i = 0; i < order.length; i++) {
              for (int j = i + 1; j < order.length; j++) {
                assertThat(elements.precedes(order[j], order[i])).isFalse();
              }
            }
          } else {
            int in = elementOrder.firstIn();
            int out = elementOrder.firstOut();
            assertThat(in).isNotEqualTo(out);
            assertThat(elements.precedes(in, out)).isTrue();
            assertThat(elements.precedes(out, in)).isTrue();
          }
        });
  }
}
