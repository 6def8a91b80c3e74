package dev.labrys.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The longest ways to linearize that a search has found to lead nowhere: at most a few, and no two
/// that end in the same state.
final class DeadEnds {
  private static final int KEPT = 4;

  /// @param order the operations in the order taken
  /// @param states the state before each of them, and the last one
  /// @param stuck the operation that had to come next
  // The arrays are handed over, not shared, and nobody compares dead ends.
  @SuppressWarnings("ArrayRecordComponent")
  record DeadEnd(int[] order, int[] states, int stuck) {
    private int lastState() {
      return states[states.length - 1];
    }
  }

  private final List<DeadEnd> longest = new ArrayList<>();
  private int most = -1;

  void note(int linearized, Path path, int state, int stuck) {
    if (linearized < most) {
      return;
    }
    if (linearized > most) {
      most = linearized;
      longest.clear();
    }
    boolean isKnown = longest.stream().anyMatch(other -> other.lastState() == state);
    if (isKnown || longest.size() == KEPT) {
      return;
    }
    int[] states = Arrays.copyOf(path.state, path.depth + 1);
    states[path.depth] = state;
    longest.add(new DeadEnd(path.operations(), states, stuck));
  }

  List<DeadEnd> longest() {
    return longest;
  }
}
