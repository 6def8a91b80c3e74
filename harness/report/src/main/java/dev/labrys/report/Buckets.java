package dev.labrys.report;

import dev.labrys.history.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A run in equal pieces of time, of a length that is a round number.
///
/// @param nanos how long each is
/// @param count how many there are
record Buckets(long nanos, int count) {
  /// At least half as many, as lengths go 1, 2, 5, 10.
  private static final int MOST = 400;

  private static final int[] ROUND = {1, 2, 5};

  static Buckets of(RunClock clock) {
    long power = 1;
    for (int i = 0; ; i++) {
      long length = power * ROUND[i % ROUND.length];
      if (clock.endNanos() / length < MOST) {
        return new Buckets(length, (int) (clock.endNanos() / length) + 1);
      }
      if (i % ROUND.length == ROUND.length - 1) {
        power *= 10;
      }
    }
  }

  private int place(long nanos) {
    return (int) Math.clamp(nanos / this.nanos, 0L, count - 1L);
  }

  /// How many operations ended in each bucket, by [OutcomeCode]. Those that never ended count in
  /// the last.
  int[][] ends(List<Operation> operations) {
    int[][] ends = new int[3][count];
    for (Operation operation : operations) {
      ends[OutcomeCode.of(operation.outcome())][place(operation.returnTime())]++;
    }
    return ends;
  }

  /// The percentile of the latencies of the operations that are ok, by the bucket in which they
  /// were invoked; -1 for a bucket without any.
  List<long[]> percentiles(List<Operation> operations, List<Integer> perMille) {
    List<List<Long>> latencies = new ArrayList<>(Collections.nCopies(count, List.of()));
    for (Operation operation : operations) {
      if (operation.isOk()) {
        int place = place(operation.callTime());
        if (latencies.get(place).isEmpty()) {
          latencies.set(place, new ArrayList<>());
        }
        latencies.get(place).add(operation.returnTime() - operation.callTime());
      }
    }
    List<long[]> lines = new ArrayList<>();
    perMille.forEach(_ -> lines.add(new long[count]));
    for (int place = 0; place < count; place++) {
      long[] sorted = latencies.get(place).stream().mapToLong(Long::longValue).sorted().toArray();
      for (int line = 0; line < lines.size(); line++) {
        lines.get(line)[place] =
            sorted.length == 0 ? -1 : Latencies.percentile(sorted, perMille.get(line));
      }
    }
    return lines;
  }
}
