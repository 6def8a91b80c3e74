package dev.labrys.nemesis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts of memory as they are written: `16MiB`, `0B`. Exact to the byte.
final class Room {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");
  private static final int STEP_BITS = 10;
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)");

  private Room() {}

  static String print(long bytes) {
    int unit = 0;
    long count = bytes;
    while (count > 0 && unit < UNITS.size() - 1 && count % (1 << STEP_BITS) == 0) {
      count >>= STEP_BITS;
      unit++;
    }
    return count + UNITS.get(unit);
  }

  /// What `text` says, in bytes.
  static long parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no amount of memory such as 16MiB or 0B".formatted(text));
    }
    long count = Long.parseLong(written.group(1));
    int bits = STEP_BITS * UNITS.indexOf(written.group(2));
    if (count > Long.MAX_VALUE >> bits) {
      throw new IllegalArgumentException("\"%s\" is more than can be counted".formatted(text));
    }
    return count << bits;
  }
}
