package dev.labrys.checker;

import java.util.Arrays;

/// Sorts elements by two interval orders at once: a precedes b if a was certainly in before b, or
/// certainly out before b. Kahn's algorithm; since each relation is an interval order, whether an
/// element has a predecessor left is a comparison with one bound, and the bounds only grow.
final class ElementOrder {
  private final int[] members;
  private final int[] inCall;
  private final int[] inReturn;
  private final int[] outCall;
  private final int[] outReturn;
  private int firstIn = -1;
  private int firstOut = -1;

  ElementOrder(int[] members, int[] inCall, int[] inReturn, int[] outCall, int[] outReturn) {
    this.members = members;
    this.inCall = inCall;
    this.inReturn = inReturn;
    this.outCall = outCall;
    this.outReturn = outReturn;
  }

  /// Fills `order`. False if there is none: then [#firstIn] was in before [#firstOut], but out
  /// after it.
  boolean sort(int[] order) {
    int[] byInCall = sortedBy(inCall);
    int[] byInReturn = sortedBy(inReturn);
    int[] byOutCall = sortedBy(outCall);
    int[] byOutReturn = sortedBy(outReturn);
    int[] freedIn = new int[members.length];
    boolean[] isDone = new boolean[members.length];
    int nextInCall = 0;
    int nextInReturn = 0;
    int nextOutCall = 0;
    int nextOutReturn = 0;
    int ready = 0;
    for (int done = 0; done < members.length; done++) {
      while (isDone[byInReturn[nextInReturn]]) {
        nextInReturn++;
      }
      while (isDone[byOutReturn[nextOutReturn]]) {
        nextOutReturn++;
      }
      firstIn = members[byInReturn[nextInReturn]];
      firstOut = members[byOutReturn[nextOutReturn]];
      while (nextInCall < members.length
          && inCall[members[byInCall[nextInCall]]] <= inReturn[firstIn]) {
        ready = free(byInCall[nextInCall++], freedIn, order, ready);
      }
      while (nextOutCall < members.length
          && outCall[members[byOutCall[nextOutCall]]] <= outReturn[firstOut]) {
        ready = free(byOutCall[nextOutCall++], freedIn, order, ready);
      }
      if (ready == done) {
        return false;
      }
      isDone[order[done]] = true;
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = members[order[i]];
    }
    return true;
  }

  /// An element is ready once no predecessor is left in either relation.
  private static int free(int member, int[] freedIn, int[] order, int ready) {
    freedIn[member]++;
    if (freedIn[member] < 2) {
      return ready;
    }
    order[ready] = member;
    return ready + 1;
  }

  private int[] sortedBy(int[] bound) {
    long[] keys = new long[members.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) bound[members[i]] << 32) | i;
    }
    Arrays.sort(keys);
    int[] sorted = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sorted[i] = (int) keys[i];
    }
    return sorted;
  }

  /// The element that went in first among those that could not be ordered.
  int firstIn() {
    return firstIn;
  }

  /// The element that came out first among those that could not be ordered.
  int firstOut() {
    return firstOut;
  }
}
