package dev.labrys.synthetic;

import dev.labrys.history.Value;

/// What clients draw their requests from: reads or not, and which values.
final class Chooser {
  /// Reads of a whole collection get rarer as it outgrows this, so that a history is as long as its
  /// operations are many, not as their square.
  private static final double LARGE_COLLECTION = 256;

  private final Dice dice;
  private final double readFraction;
  private final int distinctValues;
  private int lastUnique;

  Chooser(Recipe recipe) {
    this.dice = new Dice(recipe.seed().stream("synthetic.requests"));
    this.readFraction = recipe.fractions().read();
    this.distinctValues = recipe.distinctValues();
  }

  Dice dice() {
    return dice;
  }

  boolean reads() {
    return dice.chance(readFraction);
  }

  boolean readsWhole(int size) {
    return dice.chance(readFraction * Math.min(1, LARGE_COLLECTION / Math.max(1, size)));
  }

  boolean isUnique() {
    return distinctValues == Recipe.UNIQUE;
  }

  /// A value to write.
  Value value() {
    return Value.of(number());
  }

  int number() {
    return isUnique() ? ++lastUnique : 1 + dice.below(distinctValues);
  }

  /// A value that may have been written before.
  Value knownValue() {
    return Value.of(1 + dice.below(Math.max(1, isUnique() ? lastUnique : distinctValues)));
  }

  /// How much is added to a counter at once.
  int amount() {
    return 1 + dice.below(isUnique() ? 5 : distinctValues);
  }
}
