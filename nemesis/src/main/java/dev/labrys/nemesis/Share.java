package dev.labrys.nemesis;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Parts of a whole as they are written: `20%`, `-0.5%`. Exact to the millionth.
final class Share {
  private static final Pattern WRITTEN = Pattern.compile("-?\\d{1,6}(\\.\\d{1,4})?%");
  private static final int DIGITS = 4;

  private Share() {}

  static String print(long millionths) {
    return BigDecimal.valueOf(millionths, DIGITS).stripTrailingZeros().toPlainString() + "%";
  }

  /// What `text` says, in millionths.
  static long parse(String text) {
    if (!WRITTEN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no share such as 20%% or -0.5%%".formatted(text));
    }
    return new BigDecimal(text.substring(0, text.length() - 1))
        .movePointRight(DIGITS)
        .longValueExact();
  }
}
