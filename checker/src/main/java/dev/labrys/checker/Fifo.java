package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An immutable queue of values that shares all it can with the queue it came from, so that a step
/// costs the same, taken together, however many elements wait. Its hash is kept up to date.
///
/// Made of two chains (Okasaki, "Purely Functional Data Structures", 1998, §5.2): the elements to
/// leave next, first one last, and those that came later. The former is empty only if both are.
final class Fifo {
  static final Fifo EMPTY = new Fifo(Chain.EMPTY, Chain.EMPTY, 0, 1);

  /// An odd number, and what undoes a multiplication by it among numbers of 64 bits.
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private static final long INVERSE = 0xF1DE83E19937733DL;

  private final Chain leaving;
  private final Chain arriving;
  private final long hash;

  /// [#BASE] to the power of the size: the weight in the hash of one more element in front.
  private final long weight;

  private Fifo(Chain leaving, Chain arriving, long hash, long weight) {
    this.leaving = leaving;
    this.arriving = arriving;
    this.hash = hash;
    this.weight = weight;
  }

  boolean isEmpty() {
    return leaving.isEmpty();
  }

  int size() {
    return leaving.size() + arriving.size();
  }

  Value head() {
    return leaving.last();
  }

  Fifo enqueued(Value value) {
    return new Fifo(
        isEmpty() ? leaving.with(value) : leaving,
        isEmpty() ? arriving : arriving.with(value),
        hash * BASE + hash(value),
        weight * BASE);
  }

  Fifo dequeued() {
    long lighter = weight * INVERSE;
    long remaining = hash - hash(head()) * lighter;
    Chain rest = leaving.withoutLast();
    return rest.isEmpty()
        ? new Fifo(arriving.reversed(), Chain.EMPTY, remaining, lighter)
        : new Fifo(rest, arriving, remaining, lighter);
  }

  private static long hash(Value value) {
    return value.hashCode() + 1L;
  }

  /// The elements, the one to leave next first.
  List<Value> values() {
    List<Value> values = new ArrayList<>(leaving.values());
    Collections.reverse(values);
    values.addAll(arriving.values());
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Fifo that) || hash != that.hash || size() != that.size()) {
      return false;
    }
    return leaving.size() == that.leaving.size()
        ? leaving.equals(that.leaving) && arriving.equals(that.arriving)
        : values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return (int) (hash ^ (hash >>> 32));
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
