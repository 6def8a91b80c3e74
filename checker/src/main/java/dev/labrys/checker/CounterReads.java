package dev.labrys.checker;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Decides a counter all of whose additions are equal.
///
/// Each read then tells how many additions precede it; the totals order the reads, and between two
/// of them exactly so many additions must lie as the totals differ. Real time gives each addition a
/// first and a last such gap. Filling the gaps in order, with the additions whose last gap is
/// nearest, succeeds if anything does; of two that are equally urgent the one that returned first
/// goes first, so that no later one overtakes it. Optional additions fill what is left to fill. The
/// rest is [Precedence].
///
/// With different additions the question contains subset-sum, and is left to the search.
final class CounterReads implements Procedure {
  private final Shape.Counter shape;

  CounterReads(Shape.Counter shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "counter gaps";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    int[] adds = new int[partition.size()];
    int addCount = 0;
    int[] reads = new int[partition.size()];
    long[] totals = new long[partition.size()];
    int readCount = 0;
    long delta = 0;
    for (int i = 0; i < partition.size(); i++) {
      switch (shape.interpret().apply(partition.call(i))) {
        case Shape.Counter.Add add -> {
          if (add.delta() == 0 || (delta != 0 && delta != add.delta())) {
            return null;
          }
          delta = add.delta();
          adds[addCount++] = i;
        }
        case Shape.Counter.Read read -> {
          totals[i] = read.total();
          reads[readCount++] = i;
        }
        case Shape.Counter.Other other -> {
          return null;
        }
      }
    }
    for (int i = 0; i < readCount; i++) {
      long total = totals[reads[i]];
      long count = delta == 0 ? 0 : total / delta;
      if (count * delta != total || count < 0 || count > addCount) {
        return new Answer.Contradiction(
            "no number of additions gives %d".formatted(total), new int[] {reads[i]});
      }
      totals[reads[i]] = count;
    }
    return new Run(
            partition, Arrays.copyOf(adds, addCount), Arrays.copyOf(reads, readCount), totals)
        .decide();
  }

  private static final class Run {
    private final Partition partition;
    private final int[] adds;
    private final int[] reads;

    /// Per read, how many additions it saw; then the distinct ones of these, ascending.
    private final long[] seen;

    private final long[] counts;

    Run(Partition partition, int[] adds, int[] reads, long[] seen) {
      this.partition = partition;
      this.adds = adds;
      this.reads = reads;
      this.seen = seen;
      counts = Arrays.stream(reads).mapToLong(read -> seen[read]).sorted().distinct().toArray();
    }

    /// @param last the last gap it fits in
    private record Candidate(int operation, int last, int returnAt)
        implements Comparable<Candidate> {
      @Override
      public int compareTo(Candidate other) {
        return last != other.last
            ? Integer.compare(last, other.last)
            : Integer.compare(returnAt, other.returnAt);
      }
    }

    Answer decide() {
      int[] gap = new int[partition.size()];
      Arrays.fill(gap, -1);
      Answer problem = fillGaps(gap);
      if (problem != null) {
        return problem;
      }
      Precedence precedence = new Precedence(partition, Levels.nodes(counts.length + 1));
      Levels levels = new Levels(precedence, partition.size());
      boolean[] isIncluded = new boolean[partition.size()];
      int[][] members = byLevel(gap);
      for (int level = 0; level < counts.length; level++) {
        if (level > 0) {
          levels.rise();
        }
        for (int operation : members[level]) {
          isIncluded[operation] = true;
          if (gap[operation] >= 0) {
            levels.leads(operation);
          } else {
            levels.sees(operation);
          }
        }
      }
      for (int operation : members[counts.length]) {
        isIncluded[operation] = true;
        levels.follows(operation);
      }
      return precedence.solve(isIncluded);
    }

    private int[][] byLevel(int[] gap) {
      int[] sizes = new int[counts.length + 1];
      for (int add : adds) {
        if (gap[add] >= 0) {
          sizes[gap[add]]++;
        }
      }
      for (int read : reads) {
        sizes[level(read)]++;
      }
      int[][] members = new int[sizes.length][];
      for (int i = 0; i < sizes.length; i++) {
        members[i] = new int[sizes[i]];
      }
      for (int add : adds) {
        if (gap[add] >= 0) {
          members[gap[add]][--sizes[gap[add]]] = add;
        }
      }
      for (int read : reads) {
        members[level(read)][--sizes[level(read)]] = read;
      }
      return members;
    }

    private int level(int read) {
      return Arrays.binarySearch(counts, seen[read]);
    }

    private @Nullable Answer fillGaps(int[] gap) {
      long[] byFirst = new long[adds.length];
      int[] last = new int[partition.size()];
      boundGaps(byFirst, last);
      PriorityQueue<Candidate> waiting = new PriorityQueue<>();
      int next = 0;
      for (int level = 0; level <= counts.length; level++) {
        while (next < byFirst.length && (byFirst[next] >>> 32) <= level) {
          int add = (int) byFirst[next++];
          waiting.add(new Candidate(add, last[add], partition.returnAt(add)));
        }
        if (level == counts.length) {
          break;
        }
        long needed = counts[level] - (level == 0 ? 0 : counts[level - 1]);
        for (; needed > 0; needed--) {
          Candidate chosen = waiting.poll();
          if (chosen == null) {
            return miscounted(level, "fewer");
          }
          gap[chosen.operation()] = level;
        }
        Candidate left = waiting.peek();
        if (left != null && left.last() <= level) {
          return miscounted(level, "more");
        }
      }
      for (Candidate left : waiting) {
        if (partition.isRequired(left.operation())) {
          gap[left.operation()] = counts.length;
        }
      }
      return null;
    }

    /// Finds the first gap and the last gap of each addition; the first ones sorted.
    private void boundGaps(long[] byFirst, int[] last) {
      long[] byReturn = new long[reads.length];
      long[] byCall = new long[reads.length];
      for (int i = 0; i < reads.length; i++) {
        byReturn[i] = ((long) partition.returnAt(reads[i]) << 32) | level(reads[i]);
        byCall[i] = ((long) partition.callAt(reads[i]) << 32) | level(reads[i]);
      }
      Arrays.sort(byReturn);
      Arrays.sort(byCall);
      int[] highest = new int[reads.length + 1];
      for (int i = 0; i < reads.length; i++) {
        highest[i + 1] = Math.max(highest[i], (int) byReturn[i] + 1);
      }
      int[] lowest = new int[reads.length + 1];
      lowest[reads.length] = counts.length;
      for (int i = reads.length - 1; i >= 0; i--) {
        lowest[i] = Math.min(lowest[i + 1], (int) byCall[i]);
      }
      for (int i = 0; i < adds.length; i++) {
        int add = adds[i];
        int first = highest[countBelow(byReturn, partition.callAt(add))];
        last[add] = lowest[countBelow(byCall, partition.returnAt(add))];
        byFirst[i] = ((long) first << 32) | add;
      }
      Arrays.sort(byFirst);
    }

    /// How many of the events sorted in `keys` happened before `position`.
    private static int countBelow(long[] keys, int position) {
      int at = Arrays.binarySearch(keys, (long) position << 32);
      return at >= 0 ? at : -at - 1;
    }

    private Answer miscounted(int level, String how) {
      int[] witnesses = Arrays.stream(reads).filter(read -> level(read) <= level).toArray();
      return new Answer.Contradiction(
          "%s additions must or may precede the reads that saw %d of them"
              .formatted(how, counts[level]),
          witnesses);
    }
  }
}
