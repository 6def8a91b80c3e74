package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The nodes of a [ValueMap]. A branch has up to 32 children, chosen by five bits of the key's
/// hash; a bucket holds the entries whose keys have one and the same hash, nearly always one.
///
/// @param <V> what a value is mapped to
abstract sealed class ValueTrie<V> {
  private static final int BITS = 5;

  private final int size;
  private final long sum;

  private ValueTrie(int size, long sum) {
    this.size = size;
    this.sum = sum;
  }

  static int spread(Value key) {
    int hash = key.hashCode() * 0x9E3779B1;
    return hash ^ (hash >>> 15);
  }

  static <V> Bucket<V> entry(Value key, V value) {
    return new Bucket<>(spread(key), key, value, null);
  }

  final int size() {
    return size;
  }

  /// The sum of the hashes of all entries, so that it does not matter how they are arranged.
  final long sum() {
    return sum;
  }

  abstract @Nullable V find(Value key, int hash, int shift);

  abstract ValueTrie<V> with(Bucket<V> entry, int shift);

  /// This node without `key`, which it must contain; null if nothing is left.
  abstract @Nullable ValueTrie<V> without(Value key, int hash, int shift);

  abstract void forEach(BiConsumer<Value, V> visitor);

  /// Whether a node of the same size and sum has the same entries.
  abstract boolean hasEntriesOf(ValueTrie<?> that);

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ValueTrie<?> that
            && size == that.size
            && sum == that.sum
            && hasEntriesOf(that));
  }

  @Override
  public final int hashCode() {
    return (int) (sum ^ (sum >>> 32));
  }

  static final class Bucket<V> extends ValueTrie<V> {
    private final int hash;
    private final Value key;
    private final V value;
    private final @Nullable Bucket<V> next;

    private Bucket(int hash, Value key, V value, @Nullable Bucket<V> next) {
      super(
          next == null ? 1 : next.size() + 1,
          mix(hash, value.hashCode()) + (next == null ? 0 : next.sum()));
      this.hash = hash;
      this.key = key;
      this.value = value;
      this.next = next;
    }

    private static long mix(int keyHash, int valueHash) {
      long bits = (((long) keyHash << 32) | (valueHash & 0xFFFFFFFFL)) * 0xBF58476D1CE4E5B9L;
      bits = (bits ^ (bits >>> 29)) * 0x94D049BB133111EBL;
      return bits ^ (bits >>> 32);
    }

    @Override
    @Nullable V find(Value wanted, int wantedHash, int shift) {
      for (Bucket<V> bucket = this; bucket != null; bucket = bucket.next) {
        if (bucket.hash == wantedHash && bucket.key.equals(wanted)) {
          return bucket.value;
        }
      }
      return null;
    }

    @Override
    ValueTrie<V> with(Bucket<V> entry, int shift) {
      if (hash != entry.hash) {
        return Branch.of(this, entry, shift);
      }
      Bucket<V> others = find(entry.key, hash, shift) == null ? this : without(entry.key, hash, 0);
      return new Bucket<>(hash, entry.key, entry.value, others);
    }

    @Override
    @Nullable Bucket<V> without(Value unwanted, int unwantedHash, int shift) {
      if (next == null || key.equals(unwanted)) {
        return next;
      }
      return new Bucket<>(hash, key, value, next.without(unwanted, unwantedHash, shift));
    }

    @Override
    void forEach(BiConsumer<Value, V> visitor) {
      for (Bucket<V> bucket = this; bucket != null; bucket = bucket.next) {
        visitor.accept(bucket.key, bucket.value);
      }
    }

    @Override
    boolean hasEntriesOf(ValueTrie<?> that) {
      for (Bucket<V> bucket = this; bucket != null; bucket = bucket.next) {
        if (!bucket.value.equals(that.find(bucket.key, hash, 0))) {
          return false;
        }
      }
      return that instanceof Bucket;
    }
  }

  private static final class Branch<V> extends ValueTrie<V> {
    private final int bitmap;
    private final ValueTrie<V>[] children;

    private Branch(int bitmap, ValueTrie<V>[] children, int size, long sum) {
      super(size, sum);
      this.bitmap = bitmap;
      this.children = children;
    }

    /// The node that tells two buckets of different hash apart.
    static <V> Branch<V> of(Bucket<V> one, Bucket<V> two, int shift) {
      int first = bit(one.hash, shift);
      int second = bit(two.hash, shift);
      ValueTrie<V>[] children = Branch.<V>array(first == second ? 1 : 2);
      if (first == second) {
        children[0] = of(one, two, shift + BITS);
      } else {
        boolean isInOrder = Integer.compareUnsigned(first, second) < 0;
        children[0] = isInOrder ? one : two;
        children[1] = isInOrder ? two : one;
      }
      return new Branch<>(first | second, children, one.size() + two.size(), one.sum() + two.sum());
    }

    // Java has no arrays of generic types; nothing but nodes of one map ever gets in.
    @SuppressWarnings("unchecked")
    private static <V> ValueTrie<V>[] array(int length) {
      return (ValueTrie<V>[]) new ValueTrie<?>[length];
    }

    private static int bit(int hash, int shift) {
      return 1 << ((hash >>> shift) & 31);
    }

    private int position(int bit) {
      return Integer.bitCount(bitmap & (bit - 1));
    }

    @Override
    @Nullable V find(Value key, int hash, int shift) {
      int bit = bit(hash, shift);
      return (bitmap & bit) == 0 ? null : children[position(bit)].find(key, hash, shift + BITS);
    }

    @Override
    ValueTrie<V> with(Bucket<V> entry, int shift) {
      int bit = bit(entry.hash, shift);
      int at = position(bit);
      if ((bitmap & bit) != 0) {
        return replacing(at, children[at].with(entry, shift + BITS));
      }
      ValueTrie<V>[] more = Branch.<V>array(children.length + 1);
      System.arraycopy(children, 0, more, 0, at);
      more[at] = entry;
      System.arraycopy(children, at, more, at + 1, children.length - at);
      return new Branch<>(bitmap | bit, more, size() + 1, sum() + entry.sum());
    }

    @Override
    @Nullable ValueTrie<V> without(Value key, int hash, int shift) {
      int bit = bit(hash, shift);
      int at = position(bit);
      ValueTrie<V> rest = children[at].without(key, hash, shift + BITS);
      if (rest == null) {
        return dropping(bit, at);
      }
      return children.length == 1 && rest instanceof Bucket ? rest : replacing(at, rest);
    }

    private ValueTrie<V> replacing(int at, ValueTrie<V> child) {
      ValueTrie<V> old = children[at];
      ValueTrie<V>[] replaced = children.clone();
      replaced[at] = child;
      return new Branch<>(
          bitmap, replaced, size() - old.size() + child.size(), sum() - old.sum() + child.sum());
    }

    /// What is left without a child: never a branch that has nothing to choose between but a
    /// bucket.
    private @Nullable ValueTrie<V> dropping(int bit, int at) {
      if (children.length == 2 && children[1 - at] instanceof Bucket) {
        return children[1 - at];
      }
      if (children.length == 1) {
        return null;
      }
      ValueTrie<V>[] fewer = Branch.<V>array(children.length - 1);
      System.arraycopy(children, 0, fewer, 0, at);
      System.arraycopy(children, at + 1, fewer, at, fewer.length - at);
      ValueTrie<V> gone = children[at];
      return new Branch<>(bitmap & ~bit, fewer, size() - gone.size(), sum() - gone.sum());
    }

    @Override
    void forEach(BiConsumer<Value, V> visitor) {
      for (ValueTrie<V> child : children) {
        child.forEach(visitor);
      }
    }

    @Override
    boolean hasEntriesOf(ValueTrie<?> that) {
      if (!(that instanceof Branch<?> other) || bitmap != other.bitmap) {
        return false;
      }
      for (int i = 0; i < children.length; i++) {
        if (!children[i].equals(other.children[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
