package dev.labrys.checker;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decides a source of distinct values: no two answers may be equal, and any order will do.
final class DistinctAnswers implements Procedure {
  private final Shape.Distinct shape;

  DistinctAnswers(Shape.Distinct shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "distinct answers";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    ValueNumbers values = new ValueNumbers(partition.size());
    int[] order = new int[partition.size()];
    int size = 0;
    for (int i = 0; i < partition.size(); i++) {
      if (partition.isRequired(i)) {
        int number = values.number(shape.interpret().apply(partition.call(i)));
        if (number < size) {
          return new Answer.Contradiction(
              "value %s was given out twice".formatted(values.value(number)),
              new int[] {order[number], i});
        }
        order[size++] = i;
      }
    }
    return new Answer.Linearizable(Arrays.copyOf(order, size));
  }
}
