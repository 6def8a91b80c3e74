package dev.labrys.raft.node;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file that consists of records, by its number: those of the log count from 1.
record RecordFile(long number) {
  static final RecordFile STATE = new RecordFile(-1);
  static final RecordFile SNAPSHOT = new RecordFile(-2);

  private static final Pattern SEGMENT = Pattern.compile("log-(\\d{10})");

  String name() {
    if (equals(STATE)) {
      return "state";
    }
    return equals(SNAPSHOT) ? "snapshot" : String.format(Locale.ROOT, "log-%010d", number);
  }

  /// The number of the segment of the log that is called `name`; empty if it is none.
  static OptionalLong segmentNumber(String name) {
    Matcher matcher = SEGMENT.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
