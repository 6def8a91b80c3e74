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
/// @param crashFraction how many operations end with an unknown outcome. Half of them take effect,
///   some long after the client gave up, and half never do.
/// @param failFraction how many operations are turned down without effect, beside those that the
///   object itself refuses
/// @param readFraction how many operations read; for containers, how many take an element
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
    double crashFraction,
    double failFraction,
    double readFraction,
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

  public Recipe {
    within("operations", operations, 0, MOST_OPERATIONS);
    within("clients", clients, 1, MOST_CLIENTS);
    within("keys", keys, 1, MOST_KEYS);
    within("distinct values", distinctValues, 0, Integer.MAX_VALUE);
    within("think time in ns", thinkNanos, 0, MOST_THINK_NANOS);
    fraction("crash fraction", crashFraction, 1);
    fraction("fail fraction", failFraction, 1);
    fraction("read fraction", readFraction, 1);
    fraction("key skew", keySkew, 10);
    if (crashFraction + failFraction > 1) {
      throw new IllegalArgumentException(
          "crash fraction %s and fail fraction %s are more than 1 together"
              .formatted(crashFraction, failFraction));
    }
  }

  /// 1000 operations of 5 clients on one object (or on five keys, where keys are the point),
  /// nothing unknown, no value written twice.
  public static Recipe of(ObjectKind kind) {
    int keys = kind.isTransactional() || kind.isAlwaysKeyed() ? 5 : 1;
    return new Recipe(
        kind, 1000, 5, keys, 0, 0, 0, kind.usualReadFraction(), UNIQUE, 100_000, new Seed(1));
  }

  public Recipe withOperations(long newOperations) {
    return new Recipe(
        kind,
        newOperations,
        clients,
        keys,
        keySkew,
        crashFraction,
        failFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withClients(int newClients) {
    return new Recipe(
        kind,
        operations,
        newClients,
        keys,
        keySkew,
        crashFraction,
        failFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withKeys(int newKeys) {
    return new Recipe(
        kind,
        operations,
        clients,
        newKeys,
        keySkew,
        crashFraction,
        failFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withKeySkew(double newKeySkew) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        newKeySkew,
        crashFraction,
        failFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withCrashFraction(double newCrashFraction) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        keySkew,
        newCrashFraction,
        failFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withFailFraction(double newFailFraction) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        keySkew,
        crashFraction,
        newFailFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withReadFraction(double newReadFraction) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        keySkew,
        crashFraction,
        failFraction,
        newReadFraction,
        distinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withDistinctValues(int newDistinctValues) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        keySkew,
        crashFraction,
        failFraction,
        readFraction,
        newDistinctValues,
        thinkNanos,
        seed);
  }

  public Recipe withThinkNanos(long newThinkNanos) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        keySkew,
        crashFraction,
        failFraction,
        readFraction,
        distinctValues,
        newThinkNanos,
        seed);
  }

  public Recipe withSeed(Seed newSeed) {
    return new Recipe(
        kind,
        operations,
        clients,
        keys,
        keySkew,
        crashFraction,
        failFraction,
        readFraction,
        distinctValues,
        thinkNanos,
        newSeed);
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
