package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An immutable list that grows and shrinks at its end, and shares all the rest with the list it
/// came from: a step costs the same however long it is. Its hash is kept up to date, and two chains
/// are compared only as far back as they differ.
final class Chain {
  static final Chain EMPTY = new Chain();
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final Chain rest;
  private final Value last;
  private final int size;
  private final long hash;

  private Chain() {
    this.rest = this;
    this.last = Value.nil();
    this.size = 0;
    this.hash = 0;
  }

  private Chain(Chain rest, Value last) {
    this.rest = rest;
    this.last = last;
    this.size = rest.size + 1;
    this.hash = rest.hash * BASE + last.hashCode() + 1;
  }

  Chain with(Value value) {
    return new Chain(this, value);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  Value last() {
    if (isEmpty()) {
      throw new IllegalStateException("an empty chain has no last element");
    }
    return last;
  }

  Chain withoutLast() {
    return rest;
  }

  Chain reversed() {
    Chain reversed = EMPTY;
    for (Chain chain = this; !chain.isEmpty(); chain = chain.rest) {
      reversed = reversed.with(chain.last);
    }
    return reversed;
  }

  /// Whether `values` begins with this list.
  boolean isPrefixOf(List<Value> values) {
    if (size > values.size()) {
      return false;
    }
    for (Chain chain = this; !chain.isEmpty(); chain = chain.rest) {
      if (!chain.last.equals(values.get(chain.size - 1))) {
        return false;
      }
    }
    return true;
  }

  boolean holdsExactly(List<Value> values) {
    return size == values.size() && isPrefixOf(values);
  }

  /// The elements, first one first.
  List<Value> values() {
    List<Value> values = new ArrayList<>(size);
    for (Chain chain = this; !chain.isEmpty(); chain = chain.rest) {
      values.add(chain.last);
    }
    Collections.reverse(values);
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Chain that) || size != that.size || hash != that.hash) {
      return false;
    }
    Chain mine = this;
    Chain theirs = that;
    while (mine != theirs) {
      if (!mine.last.equals(theirs.last)) {
        return false;
      }
      mine = mine.rest;
      theirs = theirs.rest;
    }
    return true;
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
