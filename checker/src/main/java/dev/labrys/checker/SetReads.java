package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides a set that only grows, each element added once, and that is read as a whole.
///
/// What the reads saw must be a chain: each includes the smaller ones. That orders the reads, and
/// tells for each element between which reads it was added. The rest is [Precedence]. An optional
/// addition that no read saw may be left out; one that was seen has happened.
final class SetReads implements Procedure {
  private static final int NONE = -1;

  private final Shape.GrowOnlySet shape;

  SetReads(Shape.GrowOnlySet shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "chain of set reads";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    ValueNumbers values = new ValueNumbers(partition.size());
    int[] adds = new int[partition.size()];
    long[] reads = new long[partition.size()];
    @Nullable Set<?>[] seen = new Set<?>[partition.size()];
    int readCount = 0;
    Arrays.fill(adds, NONE);
    for (int i = 0; i < partition.size(); i++) {
      switch (shape.interpret().apply(partition.call(i))) {
        case Shape.GrowOnlySet.Add add -> {
          if (!isAddedOnce(add.value(), i, values, adds)) {
            return null;
          }
        }
        // What is added once, and never removed, is new then.
        case Shape.GrowOnlySet.AddNew add -> {
          if (!isAddedOnce(add.value(), i, values, adds)) {
            return null;
          }
        }
        case Shape.GrowOnlySet.ReadAll read -> {
          seen[i] = read.values();
          reads[readCount++] = ((long) read.values().size() << 32) | i;
        }
        case Shape.GrowOnlySet.Other other -> {
          return null;
        }
      }
    }
    Arrays.sort(reads, 0, readCount);
    return new Run(partition, values, adds, seen).decide(Arrays.copyOf(reads, readCount));
  }

  private static boolean isAddedOnce(Value value, int add, ValueNumbers values, int[] adds) {
    int element = values.number(value);
    if (adds[element] != NONE) {
      return false;
    }
    adds[element] = add;
    return true;
  }

  private static final class Run {
    private final Partition partition;
    private final ValueNumbers values;
    private final int[] adds;
    private final @Nullable Set<?>[] seen;

    Run(Partition partition, ValueNumbers values, int[] adds, @Nullable Set<?>[] seen) {
      this.partition = partition;
      this.values = values;
      this.adds = adds;
      this.seen = seen;
    }

    Answer decide(long[] reads) {
      Precedence precedence = new Precedence(partition, Levels.nodes(reads.length + 1));
      Levels levels = new Levels(precedence, partition.size());
      boolean[] isPlaced = new boolean[values.size()];
      boolean[] isIncluded = new boolean[partition.size()];
      Set<?> earlier = Set.of();
      int before = NONE;
      for (long key : reads) {
        int read = (int) key;
        Set<?> now = seen(read);
        if (!now.containsAll(earlier)) {
          return incomparable(before, read);
        }
        if (now.size() > earlier.size()) {
          levels.rise();
          Answer problem = placeNew(now, levels, isPlaced, isIncluded, read);
          if (problem != null) {
            return problem;
          }
        }
        isIncluded[read] = true;
        levels.sees(read);
        earlier = now;
        before = read;
      }
      for (int element = 0; element < isPlaced.length; element++) {
        if (!isPlaced[element] && partition.isRequired(adds[element])) {
          isIncluded[adds[element]] = true;
          levels.follows(adds[element]);
        }
      }
      return precedence.solve(isIncluded);
    }

    private @Nullable Answer placeNew(
        Set<?> now, Levels levels, boolean[] isPlaced, boolean[] isIncluded, int read) {
      for (Object each : now) {
        int element = values.number((Value) each);
        if (element >= isPlaced.length) {
          return new Answer.Contradiction(
              "%s was seen in the set but never added".formatted(each), new int[] {read});
        }
        if (!isPlaced[element]) {
          isPlaced[element] = true;
          isIncluded[adds[element]] = true;
          levels.leads(adds[element]);
        }
      }
      return null;
    }

    private Set<?> seen(int read) {
      Set<?> set = seen[read];
      if (set == null) {
        throw new IllegalStateException("operation " + read + " is not a read");
      }
      return set;
    }

    private Answer incomparable(int one, int other) {
      return new Answer.Contradiction(
          "two reads each saw an element that the other did not", new int[] {one, other});
    }
  }
}
