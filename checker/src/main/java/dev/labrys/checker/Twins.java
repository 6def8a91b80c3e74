package dev.labrys.checker;

/// Finds, of the open operations with equal calls, the one that returns first.
final class Twins {
  private final SearchSpace space;
  private final CallOrder waiting;
  private final int[] first;
  private final int[] foundInRound;
  private int round;

  Twins(SearchSpace space, CallOrder waiting) {
    this.space = space;
    this.waiting = waiting;
    first = new int[space.hasTwins ? space.classes.length : 0];
    foundInRound = new int[first.length];
  }

  /// Looks at the operations called before `bound`.
  void look(int bound) {
    if (!space.hasTwins) {
      return;
    }
    round++;
    int[] next = waiting.next;
    for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < bound; i = next[i]) {
      int callClass = space.callClass[i];
      if (foundInRound[callClass] != round || space.rank[i] < space.rank[first[callClass]]) {
        first[callClass] = i;
        foundInRound[callClass] = round;
      }
    }
  }

  boolean isFirst(int operation) {
    return !space.hasTwins || first[space.callClass[operation]] == operation;
  }
}
