package dev.labrys.checker;

import java.util.Arrays;

/// Orders operations of which it is known who must precede whom.
///
/// Each operation is given the earliest moment that its call and its predecessors allow; if that is
/// within its return for all of them, the moments are a linearization. If not, then an operation
/// that must come before it was called after it had returned: no other order would help.
final class Precedence {
  private static final int NONE = -1;

  private final Partition partition;
  private final int nodes;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int edges;

  /// @param extra nodes beyond the operations, numbered after them: they stand between groups of
  ///   operations, so that not every pair needs an edge
  Precedence(Partition partition, int extra) {
    this.partition = partition;
    nodes = partition.size() + extra;
  }

  void precedes(int earlier, int later) {
    if (edges == from.length) {
      from = Arrays.copyOf(from, 2 * edges);
      to = Arrays.copyOf(to, 2 * edges);
    }
    from[edges] = earlier;
    to[edges] = later;
    edges++;
  }

  /// A linearization of the operations for which `isIncluded`, or the contradiction.
  Answer solve(boolean[] isIncluded) {
    int[] first = new int[nodes + 1];
    int[] waitsFor = new int[nodes];
    for (int edge = 0; edge < edges; edge++) {
      first[from[edge] + 1]++;
      waitsFor[to[edge]]++;
    }
    for (int node = 0; node < nodes; node++) {
      first[node + 1] += first[node];
    }
    int[] successors = new int[edges];
    int[] next = first.clone();
    for (int edge = 0; edge < edges; edge++) {
      successors[next[from[edge]]++] = to[edge];
    }
    int[] order = new int[nodes];
    int ready = 0;
    for (int node = 0; node < nodes; node++) {
      if (waitsFor[node] == 0) {
        order[ready++] = node;
      }
    }
    int[] moment = new int[nodes];
    int[] cause = new int[nodes];
    Arrays.fill(cause, NONE);
    Arrays.fill(moment, -1);
    Placement placement = new Placement(partition.size());
    for (int done = 0; done < ready; done++) {
      int node = order[done];
      boolean isOperation = node < partition.size();
      if (isOperation && isIncluded[node]) {
        if (partition.callAt(node) > moment[node]) {
          moment[node] = partition.callAt(node);
          cause[node] = node;
        }
        if (partition.returnAt(node) < moment[node]) {
          return tooLate(node, cause[node]);
        }
        placement.place(Placement.at(moment[node]), node);
      }
      for (int i = first[node]; i < first[node + 1]; i++) {
        int successor = successors[i];
        if (moment[node] > moment[successor]) {
          moment[successor] = moment[node];
          cause[successor] = cause[node];
        }
        if (--waitsFor[successor] == 0) {
          order[ready++] = successor;
        }
      }
    }
    return ready == nodes ? new Answer.Linearizable(placement.order()) : circle(waitsFor);
  }

  private Answer tooLate(int operation, int predecessor) {
    return new Answer.Contradiction(
        "%s must come after %s, but returned before that was called"
            .formatted(partition.call(operation), partition.call(predecessor)),
        new int[] {operation, predecessor});
  }

  /// Every node left waits for another one left: follow one of these back until one comes again.
  private Answer circle(int[] waitsFor) {
    int[] waitsOn = new int[nodes];
    Arrays.fill(waitsOn, NONE);
    for (int edge = 0; edge < edges; edge++) {
      if (waitsFor[from[edge]] > 0 && waitsFor[to[edge]] > 0) {
        waitsOn[to[edge]] = from[edge];
      }
    }
    int node = 0;
    while (waitsOn[node] == NONE) {
      node++;
    }
    boolean[] seen = new boolean[nodes];
    while (!seen[node]) {
      seen[node] = true;
      node = waitsOn[node];
    }
    int[] members = new int[nodes];
    int count = 0;
    int start = node;
    do {
      if (node < partition.size()) {
        members[count++] = node;
      }
      node = waitsOn[node];
    } while (node != start);
    return new Answer.Contradiction(
        "each of these operations must come before the next, and the last before the first",
        Arrays.copyOf(members, count));
  }
}
