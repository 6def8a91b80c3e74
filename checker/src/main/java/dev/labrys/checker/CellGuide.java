package dev.labrys.checker;

/// Guides the search through the history of a cell by counting, for each value, who still has to
/// see it and who can still provide it.
///
/// - A value that must still be seen, that nobody can write again and that is not there is lost:
///   *hopeless*.
/// - If nobody will see the present value again, it is *dead*. All dead values are alike; and in a
///   dead state a write of a value that nobody will see leaves a dead state again, so it is *free*:
///   moved forward to here from wherever a linearization has it, it is invisible, and where it was,
///   whoever followed was a write, since the value was not seen.
/// - An optional write is *useful* only if the very next operation sees it: otherwise that one is a
///   write, before which it might as well not have happened. The next operation must be open now.
final class CellGuide extends Guide {
  private static final int DEAD = -1;

  private final SearchSpace space;
  private final CellTransitions cell;

  /// Per value: observers not linearized yet, and those of them that must be.
  private final int[] observers;

  private final int[] requiredObservers;

  /// Per value: observers that may be linearized now.
  private final int[] openObservers;

  /// Per value: who may still write it.
  private final int[] providers;

  /// How many values must be seen and can't be written any more.
  private int stranded;

  CellGuide(SearchSpace space, CellTransitions cell) {
    this.space = space;
    this.cell = cell;
    observers = new int[cell.values()];
    requiredObservers = new int[cell.values()];
    openObservers = new int[cell.values()];
    providers = new int[cell.values()];
    for (int operation = 0; operation < space.size; operation++) {
      int callClass = space.callClass[operation];
      if (cell.leaves[callClass] != CellTransitions.NOTHING) {
        providers[cell.leaves[callClass]]++;
      }
      int seen = cell.observes[callClass];
      if (seen != CellTransitions.NOTHING) {
        observers[seen]++;
        requiredObservers[seen] += space.isRequired(operation) ? 1 : 0;
      }
    }
    for (int value = 0; value < cell.values(); value++) {
      stranded += isStranded(value) ? 1 : 0;
    }
  }

  private boolean isStranded(int value) {
    return requiredObservers[value] > 0 && providers[value] == 0;
  }

  @Override
  void opened(int operation) {
    int seen = cell.observes[space.callClass[operation]];
    if (seen != CellTransitions.NOTHING) {
      openObservers[seen]++;
    }
  }

  @Override
  void closed(int operation) {
    int seen = cell.observes[space.callClass[operation]];
    if (seen != CellTransitions.NOTHING) {
      openObservers[seen]--;
    }
  }

  @Override
  void took(int operation) {
    count(operation, -1);
  }

  @Override
  void restored(int operation) {
    count(operation, 1);
  }

  private void count(int operation, int change) {
    int callClass = space.callClass[operation];
    int seen = cell.observes[callClass];
    if (seen != CellTransitions.NOTHING) {
      boolean before = isStranded(seen);
      observers[seen] += change;
      openObservers[seen] += change;
      requiredObservers[seen] += space.isRequired(operation) ? change : 0;
      adjust(before, isStranded(seen));
    }
    int left = cell.leaves[callClass];
    if (left != CellTransitions.NOTHING) {
      boolean before = isStranded(left);
      providers[left] += change;
      adjust(before, isStranded(left));
    }
  }

  private void adjust(boolean before, boolean after) {
    stranded += (after ? 1 : 0) - (before ? 1 : 0);
  }

  @Override
  boolean isHopeless(int state) {
    return stranded > (isStranded(state) ? 1 : 0);
  }

  @Override
  boolean isFree(int operation, int state) {
    int callClass = space.callClass[operation];
    int left = cell.leaves[callClass];
    return observers[state] == 0
        && cell.observes[callClass] == CellTransitions.NOTHING
        && left != CellTransitions.NOTHING
        && observers[left] == 0;
  }

  @Override
  boolean isUseful(int operation) {
    int left = cell.leaves[space.callClass[operation]];
    return left != CellTransitions.NOTHING && openObservers[left] > 0;
  }

  @Override
  int canonical(int state) {
    return observers[state] == 0 ? DEAD : state;
  }
}
