package dev.labrys.history;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A datum of a history: an argument, a result, a key. Immutable, with the structure that EDN and
/// JSON have between them, so that either survives a round trip through the other.
///
/// Values are compared structurally. An integer never equals a real, nor a text a keyword: a
/// checker must not guess what a client meant.
public sealed interface Value {

  /// The absence of a value: EDN `nil`, JSON `null`.
  record Nil() implements Value {
    private static final Nil NIL = new Nil();

    @Override
    public String toString() {
      return "nil";
    }
  }

  /// A truth value.
  record Bool(boolean truth) implements Value {
    private static final Bool TRUE = new Bool(true);
    private static final Bool FALSE = new Bool(false);

    @Override
    public String toString() {
      return Boolean.toString(truth);
    }
  }

  /// A whole number of 64 bits.
  record Int(long number) implements Value {
    private static final int CACHED_BELOW = 1024;
    private static final Int[] CACHE = new Int[CACHED_BELOW];

    static {
      Arrays.setAll(CACHE, Int::new);
    }

    /// Mixes all bits: checkers keep values in hash tables, and neighbours are the common case.
    @Override
    public int hashCode() {
      long mixed = number * 0x9E3779B97F4A7C15L;
      return (int) (mixed ^ (mixed >>> 32));
    }

    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  /// A floating point number.
  record Real(double number) implements Value {
    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  /// A number that neither `long` nor `double` holds exactly, as it was written: `1/3`, `10N`,
  /// `1.50M`.
  record Exact(String literal) implements Value {
    @Override
    public String toString() {
      return literal;
    }
  }

  /// A string.
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return '"' + text + '"';
    }
  }

  /// A single character (EDN `\a`), as its code point.
  record Char(int codePoint) implements Value {
    @Override
    public String toString() {
      return "\\" + Character.toString(codePoint);
    }
  }

  /// An EDN keyword, without its colon.
  record Keyword(String name) implements Value {
    @Override
    public String toString() {
      return ":" + name;
    }
  }

  /// An EDN symbol.
  record Symbol(String name) implements Value {
    @Override
    public String toString() {
      return name;
    }
  }

  /// An ordered collection: EDN vector or list, JSON array.
  record Sequence(List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    public int size() {
      return items.size();
    }

    public Value item(int index) {
      return items.get(index);
    }

    @Override
    public String toString() {
      return items.toString();
    }
  }

  /// A set. Keeps the order in which it was written, but does not compare it.
  record SetOf(Set<Value> items) implements Value {
    public SetOf {
      items = Collections.unmodifiableSet(new LinkedHashSet<>(items));
    }

    @Override
    public String toString() {
      String inside = items.toString();
      return "#{" + inside.substring(1, inside.length() - 1) + "}";
    }
  }

  /// A map. Keeps the order in which it was written, but does not compare it.
  record MapOf(Map<Value, Value> entries) implements Value {
    private static final MapOf EMPTY = new MapOf(Map.of());

    public MapOf {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    public static MapOf empty() {
      return EMPTY;
    }

    @Override
    public String toString() {
      return entries.toString();
    }
  }

  /// A tagged literal: `#inst "…"`, `#jepsen.history.Op{…}`.
  record Tagged(String tag, Value value) implements Value {
    @Override
    public String toString() {
      return "#" + tag + " " + value;
    }
  }

  static Nil nil() {
    return Nil.NIL;
  }

  static Bool of(boolean truth) {
    return truth ? Bool.TRUE : Bool.FALSE;
  }

  static Int of(long number) {
    return number >= 0 && number < Int.CACHED_BELOW ? Int.CACHE[(int) number] : new Int(number);
  }

  static Text of(String text) {
    return new Text(text);
  }

  static Keyword keyword(String name) {
    return new Keyword(name);
  }

  static Sequence sequence(Value... items) {
    return new Sequence(Arrays.asList(items));
  }

  static SetOf set(Collection<? extends Value> items) {
    return new SetOf(new LinkedHashSet<>(items));
  }

  default boolean isNil() {
    return this instanceof Nil;
  }
}
