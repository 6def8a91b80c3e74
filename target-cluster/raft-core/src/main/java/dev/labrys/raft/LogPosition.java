package dev.labrys.raft;

/// A place in a log: the index of an entry, and the term it was made in.
///
/// Two logs that have the same position somewhere are the same up to it (§5.3, Log Matching).
/// Ordered by how up-to-date a log is that ends here: by term, then by index (§5.4.1).
public record LogPosition(long index, long term) implements Comparable<LogPosition> {

  /// Before the first entry.
  public static final LogPosition ZERO = new LogPosition(0, 0);

  public LogPosition {
    if (index < 0 || term < 0) {
      throw new IllegalArgumentException(
          "index %d and term %d must not be negative".formatted(index, term));
    }
  }

  @Override
  public int compareTo(LogPosition other) {
    int byTerm = Long.compare(term, other.term);
    return byTerm != 0 ? byTerm : Long.compare(index, other.index);
  }

  @Override
  public String toString() {
    return index + "/" + term;
  }
}
