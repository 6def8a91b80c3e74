package dev.labrys.history;

/// What a history may at most contain. Whoever reads a file of unknown origin must not be made to
/// run out of stack or memory by a single line of it.
final class Limits {
  /// How deep values may lie in values.
  static final int NESTING = 128;

  /// The bytes of one text, name, symbol or comment.
  static final int TEXT_BYTES = 16 << 20;

  /// The bytes of one event: a line of JSONL, an operation map of EDN.
  static final int EVENT_BYTES = 16 << 20;

  /// The characters of one number.
  static final int NUMBER_LENGTH = 1000;

  /// How many events an EDN history may hold back until one with a smaller `:index` turned up.
  static final int EVENTS_OUT_OF_ORDER = 1 << 18;

  private static final int MESSAGE_LENGTH = 500;

  private Limits() {}

  /// An error message that quotes a value, cut short if the value is long.
  static String message(String message) {
    return message.length() <= MESSAGE_LENGTH
        ? message
        : message.substring(0, MESSAGE_LENGTH) + "…";
  }
}
