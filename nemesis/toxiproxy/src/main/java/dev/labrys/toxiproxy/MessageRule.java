package dev.labrys.toxiproxy;

import java.util.List;
import java.util.random.RandomGenerator;

/// What becomes of messages, by dice. Chances are in millionths, times in milliseconds.
///
/// @param types whom it is for: types, or `requests` or `replies`; all if there is none
/// @param drop the chance of a message to be lost
/// @param duplicate to arrive twice
/// @param reorder to be held back until others have overtaken it
/// @param depth how many at most
/// @param hold to wait until the toxic is taken away or changed
/// @param delay of every message, each with one of its own
/// @param late the chance to be late by `lateness` in addition
record MessageRule(
    List<String> types,
    long drop,
    long duplicate,
    long reorder,
    long depth,
    long hold,
    Times delay,
    long late,
    Times lateness) {
  /// What can be named instead of chances: nothing, or distributions of MIT's labs.
  static final List<String> PRESETS = List.of("", "labrpc-unreliable", "labrpc-long-reordering");

  private static final long ALL = 1_000_000;
  private static final long USUAL_DEPTH = 4;
  private static final Times AT_ONCE = new Times(0, 0);

  /// Between two times, both included.
  record Times(long least, long most) {
    private static final long MICROS = 1_000;

    /// Thirty years.
    private static final long LONGEST = 1L << 40;

    Times {
      least = Math.clamp(least, 0, LONGEST);
      most = Math.clamp(most, least, LONGEST);
    }

    /// In microseconds.
    long draw(RandomGenerator random) {
      return least == most ? least * MICROS : random.nextLong(least * MICROS, most * MICROS + 1);
    }
  }

  MessageRule {
    types = List.copyOf(types);
    depth = depth <= 0 ? USUAL_DEPTH : depth;
  }

  /// What attributes say, or the preset that they name.
  static List<MessageRule> of(Attributes attributes) {
    return switch (attributes.word("preset")) {
      // MIT's labrpc, "unreliable": `rand() % 27` ms before a request is served, and one of ten
      // requests and replies is lost.
      case "labrpc-unreliable" ->
          List.of(
              losing("requests", 100_000, new Times(0, 26)), losing("replies", 100_000, AT_ONCE));
      // labrpc, "long reordering": 600 of 900 replies take 200 ms and more, up to 2.2 s.
      case "labrpc-long-reordering" ->
          List.of(
              new MessageRule(
                  List.of("replies"), 0, 0, 0, 0, 0, AT_ONCE, 666_667, new Times(200, 2_199)));
      default -> List.of(single(attributes));
    };
  }

  private static MessageRule losing(String types, long drop, Times delay) {
    return new MessageRule(List.of(types), drop, 0, 0, 0, 0, delay, 0, AT_ONCE);
  }

  private static MessageRule single(Attributes attributes) {
    String types = attributes.word("types");
    return new MessageRule(
        types.isEmpty() ? List.of() : List.of(types.split(",", -1)),
        attributes.value("drop"),
        attributes.value("duplicate"),
        attributes.value("reorder"),
        attributes.value("depth"),
        attributes.value("hold"),
        new Times(attributes.value("delay"), attributes.value("delay_most")),
        attributes.value("late"),
        new Times(attributes.value("late_delay"), attributes.value("late_delay_most")));
  }

  boolean isFor(Framing.Message message) {
    return types.isEmpty()
        || types.contains(message.type())
        || switch (message.role()) {
          case REQUEST -> types.contains("requests");
          case REPLY -> types.contains("replies");
          case UNKNOWN -> false;
        };
  }

  static boolean happens(long millionths, RandomGenerator random) {
    return millionths > 0 && random.nextLong(ALL) < millionths;
  }

  /// How much later a copy of a message arrives, in nanoseconds.
  long delayNanos(RandomGenerator random) {
    long micros = delay.draw(random);
    if (happens(late, random)) {
      micros += lateness.draw(random);
    }
    return micros * 1_000;
  }
}
