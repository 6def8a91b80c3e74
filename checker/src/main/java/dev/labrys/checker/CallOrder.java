package dev.labrys.checker;

/// The required operations that a search has not linearized, in order of call: a linked list, from
/// which operations are taken and to which they are given back in reverse. The first few are those
/// open now.
final class CallOrder {
  /// For each operation the next one; for [#end] the first.
  final int[] next;

  /// Stands before the first and after the last operation.
  final int end;

  private final int[] previous;

  CallOrder(SearchSpace space) {
    end = space.size;
    next = new int[end + 1];
    previous = new int[end + 1];
    int last = end;
    for (int i = 0; i < end; i++) {
      if (space.isRequired(i)) {
        next[last] = i;
        previous[i] = last;
        last = i;
      }
    }
    next[last] = end;
    previous[end] = last;
  }

  void take(int operation) {
    next[previous[operation]] = next[operation];
    previous[next[operation]] = previous[operation];
  }

  /// The opposite of [#take], to be called in the opposite order.
  void giveBack(int operation) {
    next[previous[operation]] = operation;
    previous[next[operation]] = operation;
  }

  long bytes() {
    return 8L * next.length;
  }
}
