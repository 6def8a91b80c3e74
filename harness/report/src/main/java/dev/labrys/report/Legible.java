package dev.labrys.report;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.Locale;

/// How values, operations and amounts are shown to people: short, and inert.
///
/// A history is hostile input. Characters that a terminal would obey or that would reorder the text
/// around them are shown as escapes.
final class Legible {
  private static final String CUT = "...";

  private Legible() {}

  /// The text with nothing in it that could act, at most `limit` characters long.
  static String text(String raw, int limit) {
    StringBuilder shown = new StringBuilder(Math.min(raw.length(), limit) + 8);
    int position = 0;
    while (position < raw.length()) {
      int codePoint = raw.codePointAt(position);
      String next = isInert(codePoint) ? Character.toString(codePoint) : escape(codePoint);
      position += Character.charCount(codePoint);
      boolean isLast = position == raw.length();
      if (shown.length() + next.length() > limit - (isLast ? 0 : CUT.length())) {
        return shown.append(CUT).toString();
      }
      shown.append(next);
    }
    return shown.toString();
  }

  static String value(Value value, int limit) {
    return text(value.toString(), limit);
  }

  /// A reason, which checkers give as a sentence or as part of one, as a sentence.
  static String sentence(String raw, int limit) {
    String shown = text(raw, limit);
    if (shown.isEmpty()) {
      return shown;
    }
    int first = shown.offsetByCodePoints(0, 1);
    String end = Character.isLetterOrDigit(shown.codePointBefore(shown.length())) ? "." : "";
    return shown.substring(0, first).toUpperCase(Locale.ROOT) + shown.substring(first) + end;
  }

  private static boolean isInert(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escape(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          codePoint <= 0xFFFF
              ? String.format(Locale.ROOT, "\\u%04x", codePoint)
              : String.format(Locale.ROOT, "\\u{%x}", codePoint);
    };
  }

  /// What was asked: `write 3`.
  static String question(Operation operation, int limit) {
    String input = operation.input().isNil() ? "" : " " + operation.input();
    return text(operation.function() + input, limit);
  }

  /// What came back, as far as the client knows: `3`, `failed`, `?`.
  static String answer(Operation operation, int limit) {
    return switch (operation.outcome()) {
      case Outcome.Ok(Value output) ->
          output.isNil() && !operation.input().isNil() ? "ok" : value(output, limit);
      case Outcome.Failed failed -> "failed";
      case Outcome.Unknown unknown -> "?";
    };
  }

  /// Question and answer: `read -> 3`. That something given was taken goes without saying.
  static String exchange(Operation operation, int limit) {
    String asked = operation.function();
    if (!operation.input().isNil()) {
      asked += " " + operation.input();
    }
    return operation.isOk() && operation.output().isNil() && !operation.input().isNil()
        ? text(asked, limit)
        : text(asked + " -> " + answer(operation, Integer.MAX_VALUE), limit);
  }

  /// A duration in the unit that suits it: `1.25 ms`.
  static String duration(long nanos) {
    double amount = nanos;
    for (String unit : new String[] {"ns", "us", "ms"}) {
      if (Math.abs(amount) < 999.5) {
        return number(amount, unit);
      }
      amount /= 1000;
    }
    return number(amount, "s");
  }

  private static String number(double amount, String unit) {
    String digits = String.format(Locale.ROOT, Math.abs(amount) < 99.95 ? "%.2f" : "%.0f", amount);
    String trimmed = digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
    return trimmed + " " + unit;
  }

  /// A moment in the run, always in milliseconds so that a column of them compares at a glance.
  static String moment(long nanos) {
    return nanos == Operation.NEVER_TIME
        ? "never"
        : String.format(Locale.ROOT, "%,.3f ms", nanos / 1e6);
  }

  /// `1 operation`, `40 operations`, `10,000 operations`.
  static String count(long amount, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", amount, noun, amount == 1 ? "" : "s");
  }
}
