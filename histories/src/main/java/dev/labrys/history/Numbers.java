package dev.labrys.history;

import java.util.Optional;
import java.util.regex.Pattern;

/// The numbers of EDN, as they are written.
final class Numbers {
  // Possessive, so that a long number takes neither stack nor a second look.
  private static final Pattern EXACT =
      Pattern.compile("[+-]?\\d++N|[+-]?\\d++/\\d++|[+-]?\\d++(\\.\\d*+)?([eE][+-]?\\d++)?M");
  private static final Pattern REAL = Pattern.compile("[+-]?\\d++(\\.\\d*+)?([eE][+-]?\\d++)?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d++");

  private Numbers() {}

  /// The number that `token` is, if it is one.
  static Optional<Value> parse(String token) {
    if (token.length() > Limits.NUMBER_LENGTH) {
      return Optional.empty();
    }
    if (WHOLE.matcher(token).matches()) {
      return Optional.of(whole(token));
    }
    if (REAL.matcher(token).matches()) {
      double number = Double.parseDouble(token);
      return Double.isFinite(number) ? Optional.of(new Value.Real(number)) : Optional.empty();
    }
    return isExact(token) ? Optional.of(new Value.Exact(token)) : Optional.empty();
  }

  /// A whole number too large for 64 bits is an exact one.
  private static Value whole(String token) {
    try {
      return Value.of(Long.parseLong(token));
    } catch (NumberFormatException tooLarge) {
      return new Value.Exact(token + "N");
    }
  }

  static boolean isExact(String literal) {
    return literal.length() <= Limits.NUMBER_LENGTH + 1 && EXACT.matcher(literal).matches();
  }

  static Value.Exact requireExact(Value.Exact exact) {
    if (!isExact(exact.literal())) {
      throw new IllegalArgumentException("not a number like 10N, 1/3 or 1.50M: " + exact.literal());
    }
    return exact;
  }
}
