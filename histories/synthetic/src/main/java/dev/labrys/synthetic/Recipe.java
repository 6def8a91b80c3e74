package dev.labrys.synthetic;

import dev.labrys.history.Event;
import dev.labrys.history.Seed;
import java.util.Iterator;

/// What a synthetic history is made from. Equal recipes make identical histories.
///
/// @param kind the object that is simulated
/// @param operations how many operations clients invoke
/// @param clients how many clients there are, each with at most one operation under way
/// @param keys how many independent objects there are; for transactions how many lists, registers
///   or accounts the one object has
/// @param keySkew how unevenly keys are used: 0 all alike, 1 Zipf's law
/// @param fractions which parts of the operations read, are turned down, and are lost
/// @param distinctValues how many different values clients write; [#UNIQUE] for never the same
///   twice
/// @param thinkNanos how long a client waits between operations, on average
/// @param seed where all choices come from
public record Recipe(
    ObjectKind kind,
    long operations,
    int clients,
    int keys,
    double keySkew,
    Fractions fractions,
    int distinctValues,
    long thinkNanos,
    Seed seed) {

  /// [#distinctValues] of a history in which no value is written twice.
  public static final int UNIQUE = 0;

  /// The most operations a history can have: each has an invocation and a completion.
  public static final long MOST_OPERATIONS = Integer.MAX_VALUE / 2 - 1;

  private static final int MOST_CLIENTS = 100_000;
  private static final int MOST_KEYS = 10_000_000;
  private static final long MOST_THINK_NANOS = 3_600_000_000_000L;

  /// Parts of all operations, from 0 to 1.
  ///
  /// @param crash how many end with an unknown outcome. Half of them take effect, some long after
  ///   the client gave up, and half never do.
  /// @param fail how many are turned down without effect, beside those that the object itself
  ///   refuses
  /// @param read how many read; for containers, how many take an element
  public record Fractions(double crash, double fail, double read) {
    public Fractions {
      fraction("crash fraction", crash, 1);
      fraction("fail fraction", fail, 1);
      fraction("read fraction", read, 1);
      if (crash + fail > 1) {
        throw new IllegalArgumentException(
            "crash fraction %s and fail fraction %s are more than 1 together"
                .formatted(crash, fail));
      }
    }
  }

  public Recipe {
    within("operations", operations, 0, MOST_OPERATIONS);
    within("clients", clients, 1, MOST_CLIENTS);
    within("keys", keys, 1, MOST_KEYS);
    within("distinct values", distinctValues, 0, Integer.MAX_VALUE);
    within("think time in ns", thinkNanos, 0, MOST_THINK_NANOS);
    fraction("key skew", keySkew, 10);
  }

  /// 1000 operations of 5 clients on one object (or on five keys, where keys are the point),
  /// nothing unknown, no value written twice.
  public static Recipe of(ObjectKind kind) {
    int keys = kind.isTransactional() || kind.isAlwaysKeyed() ? 5 : 1;
    Fractions usual = new Fractions(0, 0, kind.usualReadFraction());
    return new Recipe(kind, 1000, 5, keys, 0, usual, UNIQUE, 100_000, new Seed(1));
  }

  public Recipe withOperations(long changed) {
    return new Recipe(
        kind, changed, clients, keys, keySkew, fractions, distinctValues, thinkNanos, seed);
  }

  public Recipe withClients(int changed) {
    return new Recipe(
        kind, operations, changed, keys, keySkew, fractions, distinctValues, thinkNanos, seed);
  }

  public Recipe withKeys(int changed) {
    return new Recipe(
        kind, operations, clients, changed, keySkew, fractions, distinctValues, thinkNanos, seed);
  }

  public Recipe withKeySkew(double changed) {
    return new Recipe(
        kind, operations, clients, keys, changed, fractions, distinctValues, thinkNanos, seed);
  }

  public Recipe withCrashFraction(double changed) {
    return with(new Fractions(changed, fractions.fail(), fractions.read()));
  }

  public Recipe withFailFraction(double changed) {
    return with(new Fractions(fractions.crash(), changed, fractions.read()));
  }

  public Recipe withReadFraction(double changed) {
    return with(new Fractions(fractions.crash(), fractions.fail(), changed));
  }

  private Recipe with(Fractions changed) {
    return new Recipe(
        kind, operations, clients, keys, keySkew, changed, distinctValues, thinkNanos, seed);
  }

  public Recipe withDistinctValues(int changed) {
    return new Recipe(
        kind, operations, clients, keys, keySkew, fractions, changed, thinkNanos, seed);
  }

  public Recipe withThinkNanos(long changed) {
    return new Recipe(
        kind, operations, clients, keys, keySkew, fractions, distinctValues, changed, seed);
  }

  public Recipe withSeed(Seed changed) {
    return new Recipe(
        kind, operations, clients, keys, keySkew, fractions, distinctValues, thinkNanos, changed);
  }

  /// The events of the history one by one, for histories too long to keep. Needs memory for what is
  /// under way and for the state of the object, not for the past.
  public Iterator<Event> events() {
    return new Simulation(this, operation -> {});
  }

  /// The whole history and the order in which its operations took effect.
  public SyntheticHistory make() {
    return SyntheticHistory.of(this);
  }

  private static void within(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d is not between %d and %d".formatted(what, value, least, most));
    }
  }

  private static void fraction(String what, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s: %s is not between 0 and %s".formatted(what, value, most));
    }
  }
}
