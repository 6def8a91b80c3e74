package dev.labrys.checker;

import java.util.Arrays;

/// The steps a depth-first search has taken, and what it needs to take them back.
final class Path {
  int[] operation = new int[64];

  /// The state before each step.
  int[] state = new int[64];

  /// The candidate's number, or what the search writes there for steps without a choice.
  int[] ordinal = new int[64];

  /// Which of the states it may lead to was chosen.
  int[] branch = new int[64];

  int depth;

  void push(int newOperation, int stateBefore, int newOrdinal, int newBranch) {
    if (depth == operation.length) {
      operation = Arrays.copyOf(operation, 2 * depth);
      state = Arrays.copyOf(state, 2 * depth);
      ordinal = Arrays.copyOf(ordinal, 2 * depth);
      branch = Arrays.copyOf(branch, 2 * depth);
    }
    operation[depth] = newOperation;
    state[depth] = stateBefore;
    ordinal[depth] = newOrdinal;
    branch[depth] = newBranch;
    depth++;
  }

  int[] operations() {
    return Arrays.copyOf(operation, depth);
  }

  long bytes() {
    return 16L * operation.length;
  }
}
