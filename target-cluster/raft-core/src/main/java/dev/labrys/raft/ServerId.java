package dev.labrys.raft;

/// A server of a cluster, by its number.
///
/// Ordered, so that whoever goes through servers does it in the same order everywhere.
public record ServerId(int number) implements Comparable<ServerId> {

  /// No server: the vote of one that has not voted, the leader where none is known.
  public static final ServerId NOBODY = new ServerId(0);

  public ServerId {
    if (number < 0) {
      throw new IllegalArgumentException("servers are numbered from 1, not " + number);
    }
  }

  @Override
  public int compareTo(ServerId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return this.equals(NOBODY) ? "nobody" : "n" + number;
  }
}
