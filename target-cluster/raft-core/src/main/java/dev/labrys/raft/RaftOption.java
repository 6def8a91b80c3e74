package dev.labrys.raft;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One thing that [RaftOptions] leaves to choose, as it is called and written outside of Java.
///
/// Values are either numbers – nanoseconds, counts, bytes – or one of a few words.
enum RaftOption {
  HEARTBEAT("heartbeat", Unit.TIME, 1_000, Unit.HOUR, "time between heartbeats of an idle leader"),
  ELECTION_MIN(
      "election-min",
      Unit.TIME,
      1_000,
      Unit.HOUR,
      "shortest time without a leader until a server stands for election"),
  ELECTION_MAX(
      "election-max", Unit.TIME, 1_000, Unit.HOUR, "longest; each wait is drawn between the two"),
  PRE_VOTE("pre-vote", "ask whether an election could be won before disturbing anybody"),
  CHECK_QUORUM("check-quorum", "leaders out of touch step down; voters that hear one refuse"),
  NO_OP("no-op", "leaders start their term with an empty entry"),
  READS(
      "reads",
      Unit.WORD,
      "index lease log local",
      "how reads are answered; local is unsafe: its answers may be stale"),
  BATCH_ENTRIES("batch-entries", Unit.COUNT, 1, 1_000_000, "most entries of a message"),
  BATCH_BYTES("batch-bytes", Unit.SIZE, 1, 1L << 26, "most bytes of commands of a message"),
  PIPELINE("pipeline", Unit.COUNT, 1, 10_000, "most unanswered messages with entries per server"),
  SNAPSHOT_ENTRIES(
      "snapshot-entries", Unit.COUNT, 0, 1_000_000_000, "entries per snapshot; 0 for none at all"),
  SNAPSHOT_CHUNK("snapshot-chunk", Unit.SIZE, 1, 1L << 26, "most bytes of a piece of a snapshot"),
  WAITING_REQUESTS(
      "waiting-requests",
      Unit.COUNT,
      1,
      10_000_000,
      "most requests that wait at a server; more are refused"),
  LEASE_PERMILLE(
      "lease-permille", Unit.COUNT, 1, 999, "thousandths of election-min that a lease lasts"),
  FSYNC(
      "fsync",
      Unit.WORD,
      "always never",
      "when a write counts as stored; never is unsafe: it may be lost with the power");

  private static final Pattern TIME = Pattern.compile("(\\d{1,12})(ns|us|ms|s|m)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([km]?)");
  private static final Pattern COUNT = Pattern.compile("(\\d{1,12})");

  private final String key;
  private final Unit unit;
  private final long least;
  private final long most;

  /// What may be written, with spaces between.
  private final String words;

  private final String meaning;

  RaftOption(String key, Unit unit, long least, long most, String meaning) {
    this.key = key;
    this.unit = unit;
    this.least = least;
    this.most = most;
    this.words = "";
    this.meaning = meaning;
  }

  RaftOption(String key, Unit unit, String words, String meaning) {
    this.key = key;
    this.unit = unit;
    this.least = 0;
    this.most = 0;
    this.words = words;
    this.meaning = meaning;
  }

  RaftOption(String key, String meaning) {
    this(key, Unit.WORD, "false true", meaning);
  }

  private List<String> words() {
    return List.of(words.split(" ", -1));
  }

  /// What its values are.
  private enum Unit {
    TIME,
    COUNT,
    SIZE,
    WORD;

    static final long HOUR = 3_600_000_000_000L;
  }

  /// The option called `key`.
  ///
  /// @throws IllegalArgumentException if there is none; the message says which there are
  static RaftOption of(String key) {
    for (RaftOption option : values()) {
      if (option.key.equals(key)) {
        return option;
      }
    }
    String near =
        Arrays.stream(values())
            .map(RaftOption::key)
            .filter(known -> isNear(key, known))
            .collect(Collectors.joining(" or "));
    throw new IllegalArgumentException(
        "there is no option '%s'%s Known are %s"
            .formatted(
                key,
                near.isEmpty() ? "." : "; did you mean " + near + "?",
                Arrays.stream(values()).map(RaftOption::key).collect(Collectors.joining(", "))));
  }

  private static boolean isNear(String key, String known) {
    String written = key.toLowerCase(Locale.ROOT).replace('_', '-');
    boolean isPart = written.length() > 2 && (known.contains(written) || written.contains(known));
    return isPart || edits(written, known) <= 2;
  }

  /// How many letters must be put in, left out or exchanged to make one word into the other.
  private static int edits(String one, String two) {
    int[] row = new int[two.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= two.length(); column++) {
        int exchanged = diagonal + (one.charAt(line - 1) == two.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(exchanged, 1 + Math.min(row[column - 1], diagonal));
      }
    }
    return row[two.length()];
  }

  String key() {
    return key;
  }

  /// In a line: what it chooses, and what may be written.
  String meaning() {
    return "%s (%s)".formatted(meaning, accepted());
  }

  /// The number that `text` stands for.
  ///
  /// @throws IllegalArgumentException if it is none, or out of bounds
  long number(String text) {
    String written = text.toLowerCase(Locale.ROOT);
    long number =
        switch (unit) {
          case TIME -> scaled(TIME.matcher(written));
          case SIZE -> scaled(SIZE.matcher(written));
          case COUNT -> scaled(COUNT.matcher(written));
          case WORD -> -1;
        };
    if (number < 0) {
      throw wrong(text);
    }
    check(number);
    return number;
  }

  /// The word that `text` stands for, in capitals.
  ///
  /// @throws IllegalArgumentException if it is none that may be written
  String word(String text) {
    if (!words().contains(text.toLowerCase(Locale.ROOT))) {
      throw wrong(text);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  private IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "%s=%s is wrong; write %s".formatted(key, text, accepted()));
  }

  /// The number times its unit, -1 if there is none.
  private static long scaled(Matcher matcher) {
    if (!matcher.matches()) {
      return -1;
    }
    long number = Long.parseLong(matcher.group(1));
    String suffix = matcher.groupCount() > 1 ? matcher.group(2) : "";
    long times =
        switch (suffix) {
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "k" -> 1L << 10;
          // A minute and a mebibyte are told apart by what came before.
          case "m" -> matcher.pattern().equals(TIME) ? 60_000_000_000L : 1L << 20;
          default -> 1L;
        };
    return number > Long.MAX_VALUE / times ? Long.MAX_VALUE : number * times;
  }

  private String accepted() {
    return switch (unit) {
      case TIME -> "a time such as 50ms or 1s";
      case COUNT -> "a number from %d to %d".formatted(least, most);
      case SIZE -> "a size up to %s such as 4096, 64k or 1m".formatted(print(most));
      case WORD ->
          String.join(", ", words().subList(0, words().size() - 1)) + " or " + words().getLast();
    };
  }

  /// As it would be written: [#number] reads it back.
  String print(long number) {
    return switch (unit) {
      case TIME ->
          printed(number, new long[] {1_000_000_000, 1_000_000, 1_000}, "s", "ms", "us", "ns");
      case SIZE -> printed(number, new long[] {1 << 20, 1 << 10}, "m", "k", "");
      case COUNT, WORD -> Long.toString(number);
    };
  }

  private static String printed(long value, long[] units, String... names) {
    int unit = 0;
    while (unit < units.length && (value == 0 || value % units[unit] != 0)) {
      unit++;
    }
    return (unit < units.length ? value / units[unit] : value) + names[unit];
  }

  /// `key=value`.
  String with(long number) {
    return key + "=" + print(number);
  }

  /// Throws unless `number` is within bounds.
  void check(long number) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s is out of bounds; it may be from %s to %s"
              .formatted(with(number), print(least), print(most)));
    }
  }
}
