package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds few operations of a contradictory partition that contradict each other by themselves.
///
/// Leaving out any operation that happens to be in the way would find nonsense: without its write,
/// every read is a contradiction. Only steps are taken that allow more than before, so that what is
/// still contradictory afterwards explains the contradiction before: an operation need no longer
/// have happened by its return, which for a read means that it is gone; and then, an operation that
/// need not have happened and that nobody saw is left out ([Traces]). In a cell, how it began is
/// forgotten first ([LaterStart]), and then whole values are left out ([WholeValues]).
///
/// @param <S> the state of the model
final class Minimizer<S> {
  /// Configurations per question. With more and more operations optional, questions get harder; one
  /// that is too hard is answered no.
  private static final long EFFORT = 1 << 12;

  private static final int MANY = 64;

  private final PartitionChecker<S> checker;
  private final Limits limits;

  Minimizer(PartitionChecker<S> checker, Limits limits) {
    this.checker = checker;
    this.limits = limits;
  }

  /// What is left.
  ///
  /// @param isFromAnyStart whether it is a contradiction whatever was there before
  record Minimal(Partition partition, boolean isFromAnyStart) {}

  /// @param hint operations that are likely to be the whole contradiction; may be empty
  Minimal minimize(Partition contradictory, int[] hint) {
    Minimal named = minimizeNamed(contradictory, hint);
    if (named != null) {
      return named;
    }
    LaterStart<S> later = new LaterStart<>(checker, limits, EFFORT);
    Partition end = later.of(contradictory);
    if (end != contradictory) {
      return new Minimal(relax(end, later::isContradictory), true);
    }
    Partition whole = Traces.withoutUnseen(contradictory, checker.model());
    return new Minimal(relax(whole, this::isContradictory), false);
  }

  /// What is left if only the named operations matter; null if they don't suffice.
  @Nullable Minimal minimizeNamed(Partition contradictory, int[] named) {
    if (named.length == 0) {
      return null;
    }
    Partition guess = onlyRequired(contradictory, named);
    boolean holds = isContradictory(guess);
    if (!holds || guess.size() > MANY) {
      // Too many operations of unknown effect are in the way: leave out other values altogether.
      Partition few = WholeValues.only(contradictory, checker, named);
      if (isContradictory(few)) {
        return new Minimal(relax(few, this::isContradictory), false);
      }
    }
    return holds ? new Minimal(relax(guess, this::isContradictory), false) : null;
  }

  private Partition relax(Partition contradictory, Predicate<Partition> isContradictory) {
    Partition smallest = WholeValues.leaveOut(contradictory, checker, isContradictory);
    int chunk = Integer.highestOneBit(Math.max(1, smallest.size()));
    while (chunk >= 1 && !limits.isOver()) {
      Partition smaller = relaxChunks(smallest, chunk, isContradictory);
      boolean isProgress = smaller != smallest;
      smallest = smaller;
      if (!isProgress || chunk > smallest.size()) {
        chunk /= 2;
      }
    }
    return smallest;
  }

  /// Relaxes each chunk of operations that the contradiction does not need.
  private Partition relaxChunks(Partition start, int chunk, Predicate<Partition> isContradictory) {
    Partition smallest = start;
    int from = 0;
    while (from < smallest.size() && !limits.isOver()) {
      int to = Math.min(smallest.size(), from + chunk);
      Partition candidate = relaxed(smallest, from, to);
      if (candidate.required() < smallest.required() && isContradictory.test(candidate)) {
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
