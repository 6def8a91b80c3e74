package dev.labrys.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Draws histories that use everything that a format must be able to say.
final class RandomHistories {
  private static final String[] STRINGS = {
    "",
    "a",
    "x 0 1 y",
    "with \"quotes\" and \\",
    "\n\r\t\b\f\u0000\u007f",
    "é€😀",
    "\ud800 alone",
    "nil",
    "true",
    ":k",
    "#tag",
    "$set",
    "$",
    "a/b",
    "ns.x/y-z",
    "12",
    "-",
    "[",
    "process",
    "value"
  };
  private static final String[] EXACT = {"10N", "-3/4", "1.50M", "+7N", "1e9M"};
  private static final double[] REALS = {
    0.0, -0.0, 1.5, -2.25e-300, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 0.1
  };

  private final RandomGenerator random;

  RandomHistories(RandomGenerator random) {
    this.random = random;
  }

  String string() {
    return STRINGS[random.nextInt(STRINGS.length)];
  }

  Value value(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 9)) {
      case 0 -> Value.nil();
      case 1 -> Value.of(random.nextBoolean());
      case 2 -> Value.of(random.nextLong());
      case 3 -> Value.of(random.nextInt(5));
      case 4 -> new Value.Real(REALS[random.nextInt(REALS.length)]);
      case 5 -> Value.of(string());
      case 6 -> Value.keyword(string());
      case 7 -> new Value.Symbol(string());
      case 8 -> scalar();
      case 9 -> new Value.Sequence(values(depth));
      case 10 -> Value.set(new LinkedHashSet<>(values(depth)));
      case 11 -> new Value.MapOf(map(depth));
      case 12 -> new Value.MapOf(named(depth));
      default -> new Value.Tagged(string(), value(depth - 1));
    };
  }

  private Value scalar() {
    return random.nextBoolean()
        ? new Value.Exact(EXACT[random.nextInt(EXACT.length)])
        : new Value.Char("a(\\ \"\n€u".codePointAt(random.nextInt(8)));
  }

  private List<Value> values(int depth) {
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(depth - 1));
    }
    return values;
  }

  private Map<Value, Value> map(int depth) {
    Map<Value, Value> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put(value(depth - 1), value(depth - 1));
    }
    return map;
  }

  private Map<Value, Value> named(int depth) {
    Map<Value, Value> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put(Value.of(string()), value(depth - 1));
    }
    return map;
  }

  /// Entries that no field of any event claims, so that formats may not take them for one.
  private Value.MapOf extras() {
    if (random.nextInt(4) > 0) {
      return Value.MapOf.empty();
    }
    Map<Value, Value> extras = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      extras.put(
          random.nextBoolean() ? Value.keyword("error" + random.nextInt(3)) : value(1), value(1));
    }
    return new Value.MapOf(extras);
  }

  /// A journal that a run could have produced.
  List<Event> journal(int events) {
    List<Event> journal = new ArrayList<>();
    Set<Integer> busy = new LinkedHashSet<>();
    long time = random.nextLong(-5, 5);
    long fault = 0;
    boolean isFaulty = false;
    for (int i = 0; i < events; i++) {
      time += random.nextInt(3);
      int process = random.nextInt(4) - 1;
      int kind = random.nextInt(10);
      if (kind == 0) {
        journal.add(
            isFaulty
                ? new Event.FaultHealed(fault, time, extras())
                : new Event.FaultStarted(++fault, string(), value(1), time, extras()));
        isFaulty = !isFaulty;
      } else if (kind == 1) {
        journal.add(new Event.Note(string(), string(), value(1), time, extras()));
      } else if (busy.remove(process)) {
        journal.add(new Event.Completed(process, outcome(), time, extras()));
      } else {
        busy.add(process);
        journal.add(new Event.Invoked(process, string(), value(1), value(2), time, extras()));
      }
    }
    return journal;
  }

  private Outcome outcome() {
    return switch (random.nextInt(4)) {
      case 0 -> Outcome.failed();
      case 1 -> Outcome.unknown();
      default -> Outcome.ok(value(2));
    };
  }

  static History history(List<Event> journal) {
    HistoryBuilder builder = new HistoryBuilder();
    journal.forEach(builder::add);
    return builder.build();
  }
}
