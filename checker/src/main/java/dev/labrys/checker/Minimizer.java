package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.Arrays;

/// Finds few operations of a contradictory partition that contradict each other by themselves.
///
/// Leaving out any operation that happens to be in the way would find nonsense: without its write,
/// every read is a contradiction. Only steps are taken that allow more than before, so that what is
/// still contradictory afterwards explains the contradiction before: an operation need no longer
/// have happened by its return, which for a read means that it is gone; and then, an operation that
/// need not have happened and that nobody saw is left out ([Traces]).
///
/// @param <S> the state of the model
final class Minimizer<S> {
  /// Configurations per question. With more and more operations optional, questions get harder; one
  /// that is too hard is answered no.
  private static final long EFFORT = 1 << 12;

  private final PartitionChecker<S> checker;
  private final Limits limits;

  Minimizer(PartitionChecker<S> checker, Limits limits) {
    this.checker = checker;
    this.limits = limits;
  }

  /// @param hint operations that are likely to be the whole contradiction; may be empty
  Partition minimize(Partition contradictory, int[] hint) {
    Partition smallest = Traces.withoutUnseen(contradictory, checker.model());
    if (hint.length > 0) {
      Partition guess = onlyRequired(contradictory, hint);
      if (isContradictory(guess)) {
        smallest = guess;
      }
    }
    int chunk = Integer.highestOneBit(Math.max(1, smallest.size()));
    while (chunk >= 1 && !limits.isOver()) {
      Partition smaller = relaxChunks(smallest, chunk);
      boolean isProgress = smaller != smallest;
      smallest = smaller;
      if (!isProgress || chunk > smallest.size()) {
        chunk /= 2;
      }
    }
    return smallest;
  }

  /// Relaxes each chunk of operations that the contradiction does not need.
  private Partition relaxChunks(Partition start, int chunk) {
    Partition smallest = start;
    int from = 0;
    while (from < smallest.size() && !limits.isOver()) {
      int to = Math.min(smallest.size(), from + chunk);
      Partition candidate = relaxed(smallest, from, to);
      if (candidate.required() < smallest.required() && isContradictory(candidate)) {
        // What stood behind the chunk has moved up by as much as the partition got shorter, at
        // most; looking again at what is left of it does no harm.
        from = Math.max(0, to - (smallest.size() - candidate.size()));
        smallest = candidate;
      } else {
        from = to;
      }
    }
    return smallest;
  }

  private Partition relaxed(Partition partition, int from, int to) {
    int[] deadlines = new int[partition.size()];
    for (int i = 0; i < deadlines.length; i++) {
      deadlines[i] = i >= from && i < to ? Operation.NEVER : partition.returnAt(i);
    }
    return Traces.withoutUnseen(
        partition.withDeadlines(deadlines, checker.model()), checker.model());
  }

  private Partition onlyRequired(Partition partition, int[] operations) {
    int[] deadlines = new int[partition.size()];
    Arrays.fill(deadlines, Operation.NEVER);
    for (int operation : operations) {
      deadlines[operation] = partition.returnAt(operation);
    }
    return Traces.withoutUnseen(
        partition.withDeadlines(deadlines, checker.model()), checker.model());
  }

  private boolean isContradictory(Partition partition) {
    Decision decision = checker.decide(partition, limits, EFFORT);
    return decision.answer() instanceof Answer.Contradiction;
  }
}
