package dev.labrys.nemesis;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that a step of a [Plan] waits for. What is new is new in comparison with what was seen
/// when the waiting began; or, if the step is repeated, when it was seen last.
///
/// As text, a kind, and for some a number: `election`, `uncommitted=3`.
///
/// @param kind what is looked at
/// @param count how much of it, where that makes sense; else 1
public record Condition(Kind kind, long count) {

  /// Holds always.
  static final Condition NOW = new Condition(Kind.NOW, 1);

  private static final Pattern WRITTEN = Pattern.compile("([a-z]+)(?:=(\\d{1,18}))?");

  /// What can be waited for.
  public enum Kind {
    /// Nothing.
    NOW,
    /// Somebody leads in a later term than anybody did before.
    ELECTION,
    /// Nobody leads.
    LEADERLESS,
    /// The leader has that many entries, or more, that it does not know to be committed.
    UNCOMMITTED,
    /// A node has replaced more of its log by a snapshot than before.
    SNAPSHOT,
    /// So many operations of clients have been completed, in addition to those before.
    OPERATIONS;

    /// Whether a number belongs to it.
    boolean isCounted() {
      return this == UNCOMMITTED || this == OPERATIONS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Condition {
    if (count < 1 || (count > 1 && !kind.isCounted())) {
      throw new IllegalArgumentException(
          "%s is counted from 1, and only uncommitted and operations are: not %d"
              .formatted(kind, count));
    }
  }

  /// Whether what is seen `now` is what is waited for.
  ///
  /// @param before what was seen before
  boolean holds(Sighting before, Sighting now) {
    return switch (kind) {
      case NOW -> true;
      case ELECTION -> now.ledTerm() > before.ledTerm();
      case LEADERLESS -> now.ledTerm() < 0;
      case UNCOMMITTED -> now.tail() >= count;
      case SNAPSHOT ->
          now.snapshots().entrySet().stream()
              .anyMatch(node ->
                  node.getValue() > before.snapshots().getOrDefault(node.getKey(), Long.MAX_VALUE));
      case OPERATIONS -> now.operations() - before.operations() >= count;
    };
  }

  /// Reads what `toString` writes.
  ///
  /// @throws IllegalArgumentException if it is none, saying which there are
  static Condition parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (written.matches()) {
      for (Kind kind : Kind.values()) {
        boolean hasCount = written.group(2) != null;
        if (kind != Kind.NOW
            && kind.toString().equals(written.group(1))
            && (kind.isCounted() || !hasCount)) {
          return new Condition(kind, hasCount ? Long.parseLong(written.group(2)) : 1);
        }
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is nothing to wait for; there are election, leaderless, uncommitted=3, snapshot,"
                .formatted(text)
            + " operations=1000");
  }

  @Override
  public String toString() {
    return kind.isCounted() ? kind + "=" + count : kind.toString();
  }
}
