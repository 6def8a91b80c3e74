package dev.labrys.checker;

/// A ladder of precedences, for objects whose reads tell how far they had come: changes that lead
/// to a level, then the reads that saw it, then the changes that lead to the next, and so on.
final class Levels {
  private final Precedence precedence;
  private final int base;
  private int highest;

  /// How many extra nodes `levels` levels need.
  static int nodes(int levels) {
    return 2 * levels + 1;
  }

  /// @param base the first of the extra nodes
  Levels(Precedence precedence, int base) {
    this.precedence = precedence;
    this.base = base;
    precedence.precedes(before(0), after(0));
  }

  private int before(int level) {
    return base + 2 * level;
  }

  private int after(int level) {
    return base + 2 * level + 1;
  }

  /// Goes up one level.
  void rise() {
    precedence.precedes(after(highest), before(highest + 1));
    highest++;
    precedence.precedes(before(highest), after(highest));
  }

  /// `change` is one of those that lead to the present level.
  void leads(int change) {
    precedence.precedes(before(highest), change);
    precedence.precedes(change, after(highest));
  }

  /// `read` saw the present level.
  void sees(int read) {
    precedence.precedes(after(highest), read);
    precedence.precedes(read, before(highest + 1));
  }

  /// `change` comes after all reads. Only when there is no more to rise.
  void follows(int change) {
    precedence.precedes(before(highest + 1), change);
  }
}
