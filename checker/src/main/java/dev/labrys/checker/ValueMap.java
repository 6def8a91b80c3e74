package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An immutable map from values that shares all but a few nodes with the map it came from, so that
/// a step costs next to nothing however many entries there are. Its hash is kept up to date.
///
/// It is a hash trie (Bagwell, "Ideal Hash Trees", 2001) in canonical form: equal maps have equal
/// nodes, and are compared only where they don't share them.
///
/// @param <V> what a value is mapped to
final class ValueMap<V> {
  /// Whole numbers by size, then all else as it is written.
  private static final Comparator<Value> FOR_PEOPLE =
      Comparator.comparingLong(
              (Value value) -> value instanceof Value.Int(long number) ? number : Long.MAX_VALUE)
          .thenComparing(Value::toString)
          .thenComparing(value -> value.getClass().getName());

  private final @Nullable ValueTrie<V> root;

  private ValueMap(@Nullable ValueTrie<V> root) {
    this.root = root;
  }

  static <V> ValueMap<V> empty() {
    return new ValueMap<>(null);
  }

  int size() {
    return root == null ? 0 : root.size();
  }

  boolean isEmpty() {
    return root == null;
  }

  boolean contains(Value key) {
    return root != null && root.find(key, ValueTrie.spread(key), 0) != null;
  }

  /// What `key` is mapped to, or else `absent`.
  V find(Value key, V absent) {
    V found = root == null ? null : root.find(key, ValueTrie.spread(key), 0);
    return found == null ? absent : found;
  }

  ValueMap<V> with(Value key, V value) {
    ValueTrie.Bucket<V> entry = ValueTrie.entry(key, value);
    return new ValueMap<>(root == null ? entry : root.with(entry, 0));
  }

  ValueMap<V> without(Value key) {
    return contains(key) && root != null
        ? new ValueMap<>(root.without(key, ValueTrie.spread(key), 0))
        : this;
  }

  /// Visits every entry, in an order that depends on nothing but the entries.
  void forEach(BiConsumer<Value, V> visitor) {
    if (root != null) {
      root.forEach(visitor);
    }
  }

  /// The entries in an order for people.
  Map<Value, V> sorted() {
    Map<Value, V> sorted = new TreeMap<>(FOR_PEOPLE);
    forEach(sorted::put);
    return sorted;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValueMap<?> that && Objects.equals(root, that.root);
  }

  @Override
  public int hashCode() {
    return root == null ? 0 : root.hashCode();
  }

  @Override
  public String toString() {
    return sorted().toString();
  }
}
