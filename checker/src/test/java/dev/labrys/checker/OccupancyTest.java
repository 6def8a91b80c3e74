package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OccupancyTest {
  private record Stay(int insertCall, int insertReturn, int removeCall, int removeReturn) {}

  private static Occupancy of(List<Stay> stays) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < stays.size(); i++) {
      Stay stay = stays.get(i);
      Value element = Value.of(i + 1);
      operations.add(
          Intervals.operation(2 * i, "enqueue", element, stay.insertCall(), stay.insertReturn()));
      if (stay.removeCall() != Operation.NEVER) {
        Operation removal =
            Intervals.operation(
                2 * i + 1, "dequeue", Value.nil(), stay.removeCall(), stay.removeReturn());
        operations.add(Retelling.withCall(removal, Value.nil(), Value.nil(), Outcome.ok(element)));
      }
    }
    operations.sort(Comparator.comparingInt(Operation::callPosition));
    Partition partition = Partition.of(Value.nil(), operations, Models.queue());
    Shape.Sequence shape = (Shape.Sequence) Models.queue().shape();
    if (Elements.of(partition, shape) instanceof Elements elements) {
      return new Occupancy(elements);
    }
    throw new IllegalArgumentException("not a life of distinct elements: " + stays);
  }

  @Test
  void nothingNeedBeInsideBeforeAnInsertionHasReturned() {
    Occupancy occupancy = of(List.of(new Stay(1, 4, 6, 9), new Stay(5, 8, 11, 12)));

    assertThat(occupancy.firstFreeAfter(Placement.at(0))).isEqualTo(Placement.at(0) + 1);
    assertThat(occupancy.firstFreeAfter(Placement.at(4))).isEqualTo(Placement.at(6) + 1);
    assertThat(occupancy.firstFreeAfter(Placement.at(8))).isEqualTo(Placement.at(11) + 1);
  }

  @Test
  void whatIsNeverTakenOutStaysForever() {
    Occupancy occupancy = of(List.of(new Stay(1, 2, Operation.NEVER, Operation.NEVER)));

    assertThat(occupancy.firstFreeAfter(Placement.at(5)))
        .isGreaterThanOrEqualTo(Placement.at(Operation.NEVER));
  }

  @Test
  void findsTheFirstTimeAtWhichNobodyIsInside() {
    Property.forAll(
        300,
        (random, size) -> {
          List<Stay> stays = new ArrayList<>();
          for (int i = 0; i < 1 + size % 8; i++) {
            int insertCall = random.nextInt(20);
            int insertReturn = insertCall + 1 + random.nextInt(6);
            int removeCall = random.nextInt(24);
            int removeReturn = Math.max(insertCall, removeCall) + 1 + random.nextInt(6);
            stays.add(new Stay(insertCall, insertReturn, removeCall, removeReturn));
          }
          Occupancy occupancy = of(stays);
          for (long time = 0; time < 60; time++) {
            assertThat(occupancy.firstFreeAfter(time)).isEqualTo(naive(stays, time));
          }
        });
  }

  private static long naive(List<Stay> stays, long time) {
    for (long candidate = time + 1; ; candidate++) {
      long at = candidate;
      boolean isFree =
          stays.stream()
              .noneMatch(stay -> {
                long from = Placement.at(Math.min(stay.insertReturn(), stay.removeReturn()));
                long to = Placement.at(Math.max(stay.removeCall(), stay.insertCall()));
                return from < to && from <= at && at <= to;
              });
      if (isFree) {
        return candidate;
      }
    }
  }
}
