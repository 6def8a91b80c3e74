package dev.labrys.checker;

/// Counts by how many intervals each place of a line is covered, as intervals come and go: a
/// segment tree. Every operation is logarithmic in the number of places.
final class CoverTree {
  private final int places;
  private final int leaves;
  private final int[] least;
  private final int[] most;
  private final int[] pending;

  CoverTree(int places) {
    this.places = places;
    leaves = Integer.highestOneBit(Math.max(1, places - 1)) * 2;
    least = new int[2 * leaves];
    most = new int[2 * leaves];
    pending = new int[2 * leaves];
  }

  /// Adds `change` to the count of each place from `from` up to, not including, `to`.
  void add(int from, int to, int change) {
    add(1, 0, leaves, from, to, change);
  }

  private void add(int node, int start, int end, int from, int to, int change) {
    if (to <= start || end <= from) {
      return;
    }
    if (from <= start && end <= to) {
      least[node] += change;
      most[node] += change;
      pending[node] += change;
      return;
    }
    int middle = (start + end) >>> 1;
    add(2 * node, start, middle, from, to, change);
    add(2 * node + 1, middle, end, from, to, change);
    least[node] = Math.min(least[2 * node], least[2 * node + 1]) + pending[node];
    most[node] = Math.max(most[2 * node], most[2 * node + 1]) + pending[node];
  }

  /// The first covered place from `from` on, or the number of places.
  int firstCovered(int from) {
    return Math.min(places, find(1, 0, leaves, from, 0, true));
  }

  /// The first place from `from` on that is not covered, or the number of places.
  int firstFree(int from) {
    return Math.min(places, find(1, 0, leaves, from, 0, false));
  }

  private int find(int node, int start, int end, int from, int above, boolean covered) {
    boolean has = covered ? most[node] + above > 0 : least[node] + above == 0;
    if (end <= from || !has) {
      return leaves;
    }
    if (end - start == 1) {
      return start;
    }
    int middle = (start + end) >>> 1;
    int below = above + pending[node];
    int found = find(2 * node, start, middle, from, below, covered);
    return found < leaves ? found : find(2 * node + 1, middle, end, from, below, covered);
  }
}
