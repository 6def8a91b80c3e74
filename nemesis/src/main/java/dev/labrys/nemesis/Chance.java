package dev.labrys.nemesis;

import dev.labrys.cluster.Passage;

/// How likely something is, as it is written: a [Share] from `0%` to `100%`.
final class Chance {
  private static final long ALL = 1_000_000;

  private Chance() {}

  /// How much longer messages take, as `0ms..26ms`, in nanoseconds.
  record Delay(long least, long most) {
    Delay {
      if (most < least) {
        throw new IllegalArgumentException(
            "%s is more than %s".formatted(Span.print(least), Span.print(most)));
      }
    }

    static Delay parse(String text) {
      int dots = text.indexOf("..");
      long least = Span.parseLength(dots < 0 ? text : text.substring(0, dots));
      return new Delay(least, dots < 0 ? least : Span.parseLength(text.substring(dots + 2)));
    }
  }

  /// The options of an unreliable network.
  static String print(Passage.Unreliable passage) {
    Passage.Chances chances = passage.chances();
    return "drop=%s,duplicate=%s,reorder=%s,delay=%s..%s"
        .formatted(
            Share.print(chances.drop()),
            Share.print(chances.duplicate()),
            Share.print(chances.reorder()),
            Span.print(passage.leastNanos()),
            Span.print(passage.mostNanos()));
  }

  /// What `text` says, in millionths.
  static int parse(String text) {
    long millionths = Share.parse(text);
    if (millionths < 0 || millionths > ALL) {
      throw new IllegalArgumentException("\"%s\" is not between 0%% and 100%%".formatted(text));
    }
    return (int) millionths;
  }
}
