package dev.labrys.checker;

import dev.labrys.checker.Verdict.Attempt;
import dev.labrys.checker.Verdict.Contribution;
import dev.labrys.checker.Verdict.Counterexample;
import dev.labrys.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Turns a contradiction into something a person can follow: the first operation that can't be
/// linearized, few operations that contradict each other by themselves, and how far one gets.
///
/// All of it is work done after the verdict, so that a valid history pays nothing for it, and all
/// of it is bounded: where time runs out the explanation is less sharp, never wrong.
///
/// @param <S> the state of the model
final class Explainer<S> {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long ATTEMPT_STEPS = 200_000;
  private static final long ATTEMPT_TURN = 1_000;
  private static final int NONE = -1;

  /// Longer attempts are cut to those of the minimal operations alone.
  private static final int LONGEST_ATTEMPT = 20_000;

  private final PartitionChecker<S> checker;
  private final Limits limits;

  Explainer(PartitionChecker<S> checker, Limits limits) {
    this.checker = checker;
    this.limits =
        new Limits(
            System.nanoTime() + PATIENCE.toNanos(), limits.memoryBytes(), new AtomicBoolean());
  }

  Counterexample explain(
      Partition partition, Answer.Contradiction contradiction, Decision decision) {
    Minimizer<S> minimizer = new Minimizer<>(checker, limits);
    // Halving a long history would use up the patience. What the procedure named is a contradiction
    // already, if perhaps not the first.
    boolean isLong = partition.size() > LONGEST_ATTEMPT;
    Minimizer.@Nullable Minimal named =
        isLong ? minimizer.minimizeNamed(partition, contradiction.operations()) : null;
    int culprit = named != null ? NONE : firstCulprit(partition, contradiction);
    Partition prefix =
        named != null
            ? named.partition()
            : partition.upTo(partition.returnAt(culprit), checker.model());
    Minimizer.Minimal found = named != null ? named : minimizer.minimize(prefix, hint(prefix));
    Partition minimal = found.partition();
    List<Attempt> attempts = attempts(prefix.size() <= LONGEST_ATTEMPT ? prefix : minimal);
    culprit = culpritOf(minimal, partition, culprit);
    return new Counterexample(
        partition.key(),
        reason(found, partition.call(culprit), attempts),
        partition.operation(culprit),
        contributions(minimal),
        attempts,
        decision.procedure());
  }

  private List<Contribution> contributions(Partition minimal) {
    TraceEvidence traces = TraceEvidence.of(minimal, checker.model().shape());
    List<Contribution> contributions = new ArrayList<>(minimal.size());
    for (int i = 0; i < minimal.size(); i++) {
      Operation operation = minimal.operation(i);
      String evidence = operation.isOk() ? "" : checker.evidence(operation);
      if (evidence.isEmpty() && traces != null && !operation.isOk()) {
        evidence = traces.because(i);
      }
      contributions.add(new Contribution(operation, minimal.isRequired(i), evidence));
    }
    return contributions;
  }

  private int[] hint(Partition prefix) {
    return checker.decide(prefix, limits).answer() instanceof Answer.Contradiction found
        ? found.operations()
        : new int[0];
  }

  /// The operation whose return completes the contradiction. Whether a prefix contradicts itself
  /// only ever changes from no to yes as it grows, so it is found by halving.
  private int firstCulprit(Partition partition, Answer.Contradiction contradiction) {
    int[] byReturn = byReturn(partition);
    int high = byReturn.length - 1;
    int last = -1;
    for (int operation : contradiction.operations()) {
      if (partition.isRequired(operation)) {
        last = Math.max(last, partition.returnAt(operation));
      }
    }
    if (last >= 0) {
      while (partition.returnAt(byReturn[high]) > last) {
        high--;
      }
      // A hint may be too narrow; the whole contradicts itself for certain.
      high = isContradictory(partition, byReturn[high]) ? high : byReturn.length - 1;
    }
    int low = 0;
    while (low < high && !limits.isOver()) {
      int middle = (low + high) >>> 1;
      if (isContradictory(partition, byReturn[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return byReturn[high];
  }

  private boolean isContradictory(Partition partition, int culprit) {
    Partition prefix = partition.upTo(partition.returnAt(culprit), checker.model());
    return checker.decide(prefix, limits).answer() instanceof Answer.Contradiction;
  }

  private static int[] byReturn(Partition partition) {
    long[] keys = new long[partition.required()];
    int count = 0;
    for (int i = 0; i < partition.size(); i++) {
      if (partition.isRequired(i)) {
        keys[count++] = ((long) partition.returnAt(i) << 32) | i;
      }
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /// Where patience ran out, the culprit found may have no part in what is left; then it is the
  /// last of these to return.
  private static int culpritOf(Partition minimal, Partition partition, int culprit) {
    int last = -1;
    for (int i = 0; i < minimal.size(); i++) {
      if (culprit != NONE && minimal.operation(i).equals(partition.operation(culprit))) {
        return culprit;
      }
      if (minimal.isRequired(i) && (last < 0 || minimal.returnAt(i) > minimal.returnAt(last))) {
        last = i;
      }
    }
    for (int i = 0; last >= 0 && i < partition.size(); i++) {
      if (partition.operation(i).equals(minimal.operation(last))) {
        return i;
      }
    }
    return culprit;
  }

  private List<Attempt> attempts(Partition prefix) {
    if (prefix.size() > LONGEST_ATTEMPT) {
      return List.of();
    }
    SearchSpace space = new SearchSpace(prefix, checker.model());
    Transitions transitions = new ModelTransitions<>(checker.model(), space.classes);
    DepthFirstSearch search =
        new DepthFirstSearch(space, transitions, new Guide(), limits.memoryBytes())
            .tracingDeadEnds();
    Answer answer = Answer.Undecided.INSTANCE;
    while (answer instanceof Answer.Undecided
        && search.configurations() < ATTEMPT_STEPS
        && !limits.isOver()) {
      answer = search.advance(ATTEMPT_TURN);
    }
    List<Attempt> attempts = new ArrayList<>();
    for (DeadEnds.DeadEnd end : search.deadEnds().longest()) {
      List<Operation> order = new ArrayList<>(end.order().length);
      for (int operation : end.order()) {
        order.add(prefix.operation(operation));
      }
      List<String> states = new ArrayList<>(end.states().length);
      for (int state : end.states()) {
        states.add(transitions.describe(state));
      }
      attempts.add(new Attempt(order, states, prefix.operation(end.stuck())));
    }
    attempts.sort(Comparator.comparingInt(attempt -> attempt.order().size()));
    return attempts;
  }

  private String reason(Minimizer.Minimal minimal, Call culprit, List<Attempt> attempts) {
    if (minimal.isFromAnyStart()) {
      return "%s is not possible by the time it returned, whatever the value was before these operations"
          .formatted(culprit);
    }
    Decision decision = checker.decide(minimal.partition(), limits);
    boolean isTold = decision.configurations() == 0;
    if (isTold && decision.answer() instanceof Answer.Contradiction found) {
      return found.reason();
    }
    Set<String> states = new LinkedHashSet<>();
    for (Attempt attempt : attempts) {
      if (Call.of(attempt.stuck()).equals(culprit)) {
        states.add(attempt.states().get(attempt.states().size() - 1));
      }
    }
    return states.isEmpty()
        ? "%s is not possible by the time it returned: no order of what was called before explains all answers"
            .formatted(culprit)
        : "%s is not possible by the time it returned: however the others are ordered, the state there is %s"
            .formatted(culprit, String.join(" or ", states));
  }
}
