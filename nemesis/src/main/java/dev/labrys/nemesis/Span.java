package dev.labrys.nemesis;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as they are written: `200ms`, `-2s`. Exact, in the longest unit that is.
final class Span {
  private static final Pattern WRITTEN = Pattern.compile("(-?\\d{1,19})(ns|us|ms|s|m|h)");
  private static final Unit[] UNITS = Unit.values();

  /// Longest first.
  private enum Unit {
    H(3_600_000_000_000L),
    M(60_000_000_000L),
    S(1_000_000_000L),
    MS(1_000_000L),
    US(1_000L),
    NS(1L);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }
  }

  private Span() {}

  static String print(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    for (Unit unit : UNITS) {
      if (nanos % unit.nanos == 0) {
        return nanos / unit.nanos + unit.name().toLowerCase(Locale.ROOT);
      }
    }
    throw new IllegalStateException(Long.toString(nanos));
  }

  /// A length of time that is not negative.
  static long parseLength(String text) {
    long nanos = parse(text);
    if (nanos < 0 || nanos > Schedule.Range.LONGEST_NANOS) {
      throw new IllegalArgumentException(
          "\"%s\" is not between 0s and %s".formatted(text, print(Schedule.Range.LONGEST_NANOS)));
    }
    return nanos;
  }

  static long parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no length of time such as 200ms or 5s; units are h, m, s, ms, us, ns"
              .formatted(text));
    }
    Unit unit = Unit.valueOf(written.group(2).toUpperCase(Locale.ROOT));
    try {
      return Math.multiplyExact(Long.parseLong(written.group(1)), unit.nanos);
    } catch (ArithmeticException | NumberFormatException tooLong) {
      throw new IllegalArgumentException(
          "\"%s\" is longer than 292 years".formatted(text), tooLong);
    }
  }
}
