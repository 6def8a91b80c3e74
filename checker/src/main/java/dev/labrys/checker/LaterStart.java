package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Forgets how a contradiction in a cell began: where values are written again and again, most of
/// what came before has no part in it but to say which value was there.
///
/// Cut a linearization at some moment. What returned before the moment lies in the first part, what
/// is called after it in the second, and of what is open at that moment some lies in the second. So
/// the second part is a linearization of the later operations, with those open at the cut as
/// optional ones, that starts from *some* value. If there is none from any value, there was none of
/// the whole. Values that nobody sees are all alike; so it is enough to try those that are seen,
/// one that is not, and the true initial one, which makes the later operations a contradiction by
/// themselves.
///
/// @param <S> the state of the model
final class LaterStart<S> {
  /// With more values to start from, each question costs too much.
  private static final int MOST_VALUES = 24;

  private static final Value UNSEEN = new Value.Symbol("unseen");

  private final PartitionChecker<S> checker;
  private final Limits limits;
  private final long effort;

  LaterStart(PartitionChecker<S> checker, Limits limits, long effort) {
    this.checker = checker;
    this.limits = limits;
    this.effort = effort;
  }

  /// The latest part of `contradictory` that contradicts itself from every value; itself if there
  /// is no smaller one.
  Partition of(Partition contradictory) {
    if (!(checker.shape() instanceof Shape.Cell)) {
      return contradictory;
    }
    // From the end, where the parts are small and the questions easy.
    Partition latest = contradictory;
    int tooShort = 0;
    int longEnough = 2;
    while (longEnough < contradictory.size() && !limits.isOver()) {
      latest = end(contradictory, longEnough);
      if (isContradictory(latest)) {
        break;
      }
      latest = contradictory;
      tooShort = longEnough;
      longEnough *= 2;
    }
    while (latest != contradictory && longEnough - tooShort > 1 && !limits.isOver()) {
      int middle = (tooShort + longEnough) >>> 1;
      Partition part = end(contradictory, middle);
      if (isContradictory(part)) {
        latest = part;
        longEnough = middle;
      } else {
        tooShort = middle;
      }
    }
    return latest;
  }

  /// What is called last, `length` operations, and what is open then.
  private Partition end(Partition whole, int length) {
    return after(whole, whole.callAt(whole.size() - length));
  }

  private Partition after(Partition whole, int position) {
    int[] deadlines = new int[whole.size()];
    for (int i = 0; i < deadlines.length; i++) {
      if (whole.returnAt(i) < position) {
        deadlines[i] = -1;
      } else {
        deadlines[i] = whole.callAt(i) < position ? Operation.NEVER : whole.returnAt(i);
      }
    }
    return Traces.withoutUnseen(whole.withDeadlines(deadlines, checker.model()), checker.model());
  }

  /// Whether `part` contradicts itself from whatever value it starts.
  boolean isContradictory(Partition part) {
    Set<Value> starts = new LinkedHashSet<>();
    starts.add(UNSEEN);
    for (int i = 0; i < part.size(); i++) {
      Traces traces = Traces.of(checker.shape(), part.call(i));
      if (traces == null) {
        return false;
      }
      starts.addAll(traces.seen());
    }
    if (starts.size() > MOST_VALUES || !isContradictory(checker, part)) {
      return false;
    }
    List<PartitionChecker<S>> checkers = new ArrayList<>();
    for (Value start : starts) {
      PartitionChecker<S> from = checker.startingFrom(start);
      if (from == null) {
        return false;
      }
      checkers.add(from);
    }
    return checkers.stream().allMatch(from -> isContradictory(from, part));
  }

  private boolean isContradictory(PartitionChecker<S> from, Partition part) {
    return from.decide(part, limits, effort).answer() instanceof Answer.Contradiction;
  }
}
