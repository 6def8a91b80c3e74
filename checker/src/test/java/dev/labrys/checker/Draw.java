package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws small values, such that what is read was often written before.
final class Draw {
  private static final int FEW = 3;

  private final RandomGenerator random;

  /// Whether no value is written twice.
  private final boolean isFresh;

  private final List<Value> written = new ArrayList<>();

  Draw(RandomGenerator random, boolean isFresh) {
    this.random = random;
    this.isFresh = isFresh;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  Value number(int bound) {
    return Value.of(random.nextInt(bound));
  }

  String oneOf(String... names) {
    return names[random.nextInt(names.length)];
  }

  /// A value to be written.
  Value written() {
    Value value = Value.of(isFresh ? written.size() + 1 : 1 + random.nextInt(FEW));
    written.add(value);
    return value;
  }

  /// A value that may have been written.
  Value seen() {
    return written.isEmpty() || chance(5)
        ? Value.of(1 + random.nextInt(FEW))
        : written.get(random.nextInt(written.size()));
  }

  Value seenOrNil() {
    return chance(25) ? Value.nil() : seen();
  }

  /// Values that may have been written, nearly always in the order in which they were.
  List<Value> seenList() {
    List<Value> values = new ArrayList<>();
    int included = 1 + random.nextInt(FEW);
    for (Value value : written) {
      if (random.nextInt(FEW) < included) {
        values.add(value);
      }
    }
    if (values.size() > 1 && chance(25)) {
      Collections.swap(values, 0, values.size() - 1);
    }
    return values;
  }

  Value seenSequence() {
    return new Value.Sequence(seenList());
  }
}
