package dev.labrys.report;

import dev.labrys.history.Operation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The operations of one function that a page draws as points: all, or so many that a browser can
/// bear. Of each slice of time the fastest and the slowest of every outcome are always there, so
/// that no outlier is lost; the others are thinned evenly.
///
/// @param operations in order of invocation
/// @param total how many there are
record Sample(List<Operation> operations, int total) {
  private static final int OUTCOMES = 3;

  Sample {
    operations = List.copyOf(operations);
  }

  /// @param all in order of invocation
  static Sample of(List<Operation> all, int limit, RunClock clock) {
    if (all.size() <= limit) {
      return new Sample(all, all.size());
    }
    BitSet kept = extremes(all, Math.max(1, limit / (4 * OUTCOMES)), clock);
    int room = limit - kept.cardinality();
    int others = all.size() - kept.cardinality();
    int seen = 0;
    for (int i = kept.nextClearBit(0); i < all.size(); i = kept.nextClearBit(i + 1)) {
      // The place among the others at which the next of `room` evenly spread picks falls.
      if ((long) seen * room / others != (long) (seen + 1) * room / others) {
        kept.set(i);
      }
      seen++;
    }
    return new Sample(kept.stream().mapToObj(all::get).toList(), all.size());
  }

  private static BitSet extremes(List<Operation> all, int slices, RunClock clock) {
    int[] least = new int[slices * OUTCOMES];
    int[] most = new int[slices * OUTCOMES];
    Arrays.fill(least, -1);
    Arrays.fill(most, -1);
    for (int i = 0; i < all.size(); i++) {
      Operation operation = all.get(i);
      long slice = clock.slice(operation.callTime(), slices);
      int place = (int) slice * OUTCOMES + OutcomeCode.of(operation.outcome());
      long took = clock.took(operation);
      if (least[place] < 0 || took < clock.took(all.get(least[place]))) {
        least[place] = i;
      }
      if (most[place] < 0 || took > clock.took(all.get(most[place]))) {
        most[place] = i;
      }
    }
    BitSet kept = new BitSet(all.size());
    for (int place = 0; place < least.length; place++) {
      if (least[place] >= 0) {
        kept.set(least[place]);
        kept.set(most[place]);
      }
    }
    return kept;
  }
}
