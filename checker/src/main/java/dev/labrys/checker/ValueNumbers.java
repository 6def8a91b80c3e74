package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers values in the order in which they are first seen. A hash table without boxes: procedures
/// that are linear otherwise spend most of their time here.
final class ValueNumbers {
  private @Nullable Value[] values;
  private int[] numbers;
  private Value[] byNumber = new Value[8];
  private int size;

  ValueNumbers(int expected) {
    int capacity = Integer.highestOneBit(Math.max(4, expected)) * 4;
    values = new Value[capacity];
    numbers = new int[capacity];
  }

  /// The number of `value`, a new one if it was not seen before.
  int number(Value value) {
    int mask = numbers.length - 1;
    int i = value.hashCode() & mask;
    for (Value known = values[i]; known != null; known = values[i]) {
      if (known.equals(value)) {
        return numbers[i];
      }
      i = (i + 1) & mask;
    }
    values[i] = value;
    numbers[i] = size;
    if (size == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, 2 * size);
    }
    byNumber[size] = value;
    size++;
    if (2 * size > numbers.length) {
      grow();
    }
    return size - 1;
  }

  Value value(int number) {
    return byNumber[number];
  }

  int size() {
    return size;
  }

  private void grow() {
    values = new Value[2 * numbers.length];
    numbers = new int[values.length];
    int mask = numbers.length - 1;
    for (int number = 0; number < size; number++) {
      int i = byNumber[number].hashCode() & mask;
      while (values[i] != null) {
        i = (i + 1) & mask;
      }
      values[i] = byNumber[number];
      numbers[i] = number;
    }
  }
}
