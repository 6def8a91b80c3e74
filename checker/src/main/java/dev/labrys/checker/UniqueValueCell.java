package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decides a cell in which no value is written twice (after Gibbons and Korach, "Testing Shared
/// Memories", 1997, extended to swaps).
///
/// With one writer per value it is known who saw whom, so a linearization is a sequence of
/// *blocks*: a write, the reads of its value, the swap that replaced it, the reads of that value,
/// and so on. What is left to find is the order of the blocks. Block A must precede block B if an
/// operation of A returned before one of B was called, that is, if `A.firstReturn < B.lastCall`. A
/// cycle in this relation contains a cycle of two: of any two pairs A→B and C→D, A→D or C→B holds
/// as well, which shortens every longer one. So Kahn's algorithm on the two bounds decides.
///
/// Optional operations: one whose value nobody sees may be left out, as removing it changes
/// nobody's answer; one whose value is seen has happened.
final class UniqueValueCell implements Procedure {
  private static final int NONE = -1;
  private static final int INITIAL = 0;

  private final Shape.Cell shape;

  UniqueValueCell(Shape.Cell shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "unique-value zones";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    return new Run(partition).decide();
  }

  private final class Run {
    private final Partition partition;
    private final ValueNumbers values;

    /// Per operation: the value it saw and the value it left, or NONE.
    private final int[] saw;

    private final int[] left;

    /// Per value: who left it, who swapped it away.
    private int[] provider = {};

    private int[] swap = {};

    /// Per value: its reads, as a stretch of `reads`.
    private int[] readsFrom = {};

    private int[] reads = {};

    /// Per block: the value of its root, its bounds.
    private int[] root = {};

    private int[] firstReturn = {};
    private int[] lastCall = {};
    private int blocks;

    Run(Partition partition) {
      this.partition = partition;
      values = new ValueNumbers(partition.size());
      saw = new int[partition.size()];
      left = new int[partition.size()];
    }

    @Nullable Answer decide() {
      if (!interpret()) {
        return null;
      }
      dropUnseen();
      Answer problem = assignRoles();
      if (problem != null) {
        return problem instanceof Answer.Undecided ? null : problem;
      }
      sortReads();
      problem = measureBlocks();
      return problem != null ? problem : orderBlocks();
    }

    private boolean interpret() {
      values.number(shape.initial());
      for (int i = 0; i < partition.size(); i++) {
        saw[i] = NONE;
        left[i] = NONE;
        switch (shape.interpret().apply(partition.call(i))) {
          case Shape.Cell.Read read -> saw[i] = values.number(read.value());
          case Shape.Cell.Write write -> left[i] = values.number(write.value());
          case Shape.Cell.Swap swapped -> {
            saw[i] = values.number(swapped.from());
            left[i] = values.number(swapped.to());
          }
          case Shape.Cell.Nothing nothing -> {
            if (partition.isRequired(i)) {
              return false;
            }
          }
          case Shape.Cell.Other other -> {
            return false;
          }
        }
      }
      return true;
    }

    /// Leaves out optional operations unless somebody sees their value who is not left out.
    private void dropUnseen() {
      boolean[] isSeen = new boolean[values.size()];
      int optional = 0;
      for (int i = 0; i < saw.length; i++) {
        if (!partition.isRequired(i)) {
          optional++;
        } else if (saw[i] != NONE) {
          isSeen[saw[i]] = true;
        }
      }
      boolean[] isKept = new boolean[optional == 0 ? 0 : saw.length];
      boolean isProgress = optional > 0;
      while (isProgress) {
        isProgress = false;
        for (int i = saw.length - 1; i >= 0; i--) {
          if (!partition.isRequired(i) && !isKept[i] && left[i] != NONE && isSeen[left[i]]) {
            isKept[i] = true;
            isProgress = true;
            if (saw[i] != NONE) {
              isSeen[saw[i]] = true;
            }
          }
        }
      }
      for (int i = 0; i < isKept.length; i++) {
        if (!partition.isRequired(i) && !isKept[i]) {
          saw[i] = NONE;
          left[i] = NONE;
        }
      }
    }

    /// Undecided if some value has two providers.
    private @Nullable Answer assignRoles() {
      provider = new int[values.size()];
      swap = new int[values.size()];
      Arrays.fill(provider, NONE);
      Arrays.fill(swap, NONE);
      for (int i = 0; i < saw.length; i++) {
        if (left[i] == NONE) {
          continue;
        }
        if (left[i] == INITIAL || provider[left[i]] != NONE) {
          return Answer.Undecided.INSTANCE;
        }
        provider[left[i]] = i;
      }
      for (int i = 0; i < saw.length; i++) {
        if (saw[i] == NONE) {
          continue;
        }
        if (saw[i] != INITIAL && provider[saw[i]] == NONE) {
          return contradiction("%s was seen but never written".formatted(text(saw[i])), i);
        }
        if (left[i] != NONE) {
          if (swap[saw[i]] != NONE) {
            String reason = "two operations replaced the same %s".formatted(text(saw[i]));
            return contradiction(reason, swap[saw[i]], i);
          }
          swap[saw[i]] = i;
        }
      }
      return null;
    }

    private void sortReads() {
      readsFrom = new int[values.size() + 1];
      for (int i = 0; i < saw.length; i++) {
        if (saw[i] != NONE && left[i] == NONE) {
          readsFrom[saw[i] + 1]++;
        }
      }
      for (int value = 0; value < values.size(); value++) {
        readsFrom[value + 1] += readsFrom[value];
      }
      reads = new int[readsFrom[values.size()]];
      int[] next = readsFrom.clone();
      for (int i = 0; i < saw.length; i++) {
        if (saw[i] != NONE && left[i] == NONE) {
          reads[next[saw[i]]++] = i;
        }
      }
    }

    /// Finds the blocks and their bounds, and whether each is in order by itself.
    private @Nullable Answer measureBlocks() {
      root = new int[values.size()];
      firstReturn = new int[values.size()];
      lastCall = new int[values.size()];
      for (int value = 0; value < values.size(); value++) {
        boolean isRoot =
            value == INITIAL || (provider[value] != NONE && saw[provider[value]] == NONE);
        if (isRoot) {
          Answer problem = measure(value);
          if (problem != null) {
            return problem;
          }
        }
      }
      return circle();
    }

    /// Swaps that follow each other in a circle have no beginning.
    private @Nullable Answer circle() {
      boolean[] reached = new boolean[values.size()];
      for (int block = 0; block < blocks; block++) {
        for (int value = root[block]; value != NONE; value = successor(value)) {
          reached[value] = true;
        }
      }
      int start = 1;
      while (start < values.size() && (provider[start] == NONE || reached[start])) {
        start++;
      }
      if (start >= values.size()) {
        return null;
      }
      int[] members = new int[values.size()];
      int count = 0;
      int value = start;
      do {
        members[count++] = provider[value];
        value = saw[provider[value]];
      } while (value != start);
      return new Answer.Contradiction(
          "each of these operations needs the value that the next one leaves",
          Arrays.copyOf(members, count));
    }

    private int successor(int value) {
      return swap[value] == NONE ? NONE : left[swap[value]];
    }

    private @Nullable Answer measure(int rootValue) {
      int first = Operation.NEVER;
      int last = -1;
      int lastCaller = NONE;
      int before = -1;
      int beforeCaller = NONE;
      if (rootValue == INITIAL) {
        first = -1;
      }
      for (int value = rootValue; value != NONE; value = successor(value)) {
        int writer = value == INITIAL ? NONE : provider[value];
        if (writer != NONE) {
          if (partition.returnAt(writer) < last) {
            return order(writer, lastCaller);
          }
          if (partition.callAt(writer) > last) {
            last = partition.callAt(writer);
            lastCaller = writer;
          }
          first = Math.min(first, partition.returnAt(writer));
        }
        before = last;
        beforeCaller = lastCaller;
        for (int r = readsFrom[value]; r < readsFrom[value + 1]; r++) {
          int read = reads[r];
          if (partition.returnAt(read) < before) {
            return order(read, beforeCaller);
          }
          if (partition.callAt(read) > last) {
            last = partition.callAt(read);
            lastCaller = read;
          }
          first = Math.min(first, partition.returnAt(read));
        }
      }
      root[blocks] = rootValue;
      firstReturn[blocks] = first;
      lastCall[blocks] = last;
      blocks++;
      return null;
    }

    private Answer order(int later, int earlier) {
      return contradiction(
          "%s returned before %s, which its answer depends on, was called"
              .formatted(partition.call(later), partition.call(earlier)),
          later,
          earlier);
    }

    /// Repeatedly takes a block that no remaining block must precede.
    private Answer orderBlocks() {
      long[] byCall = new long[blocks];
      long[] byReturn = new long[blocks];
      for (int block = 0; block < blocks; block++) {
        byCall[block] = ((long) lastCall[block] << 32) | block;
        byReturn[block] = ((long) firstReturn[block] << 32) | block;
      }
      Arrays.sort(byCall);
      Arrays.sort(byReturn);
      boolean[] taken = new boolean[blocks];
      int[] order = new int[blocks];
      int nextCall = 0;
      int nextReturn = 0;
      int second = 1;
      for (int count = 0; count < blocks; count++) {
        while (taken[(int) byReturn[nextReturn]]) {
          nextReturn++;
        }
        while (taken[(int) byCall[nextCall]]) {
          nextCall++;
        }
        int earliest = (int) byReturn[nextReturn];
        int candidate = (int) byCall[nextCall];
        if (lastCall[candidate] > firstReturn[earliest]) {
          // Only the block that returned first is not bounded by itself.
          second = Math.max(second, nextReturn + 1);
          while (second < blocks && taken[(int) byReturn[second]]) {
            second++;
          }
          if (second < blocks && lastCall[earliest] > firstReturn[(int) byReturn[second]]) {
            return overlap(earliest, (int) byReturn[second]);
          }
          candidate = earliest;
        }
        taken[candidate] = true;
        order[count] = candidate;
      }
      return new Answer.Linearizable(flatten(order));
    }

    private Answer overlap(int one, int other) {
      String reason =
          "%s was there both before and after %s".formatted(text(root[one]), text(root[other]));
      int[] bounds = {
        returner(one), caller(one), returner(other), caller(other),
      };
      return new Answer.Contradiction(
          reason, Arrays.stream(bounds).filter(i -> i != NONE).distinct().sorted().toArray());
    }

    private int returner(int block) {
      return member(block, i -> partition.returnAt(i) == firstReturn[block]);
    }

    private int caller(int block) {
      return member(block, i -> partition.callAt(i) == lastCall[block]);
    }

    private int member(int block, java.util.function.IntPredicate isWanted) {
      for (int value = root[block]; value != NONE; value = successor(value)) {
        if (value != INITIAL && isWanted.test(provider[value])) {
          return provider[value];
        }
        for (int r = readsFrom[value]; r < readsFrom[value + 1]; r++) {
          if (isWanted.test(reads[r])) {
            return reads[r];
          }
        }
      }
      return NONE;
    }

    private int[] flatten(int[] order) {
      int[] flat = new int[saw.length];
      int size = 0;
      for (int block : order) {
        for (int value = root[block]; value != NONE; value = successor(value)) {
          if (value != INITIAL) {
            flat[size++] = provider[value];
          }
          for (int r = readsFrom[value]; r < readsFrom[value + 1]; r++) {
            flat[size++] = reads[r];
          }
        }
      }
      return Arrays.copyOf(flat, size);
    }

    private String text(int value) {
      Value shown = values.value(value);
      return value == INITIAL ? "the initial value " + shown : "value " + shown;
    }

    private Answer contradiction(String reason, int... operations) {
      return new Answer.Contradiction(reason, operations);
    }
  }
}
