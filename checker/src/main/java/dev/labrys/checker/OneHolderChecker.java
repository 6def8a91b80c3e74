package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Decides whether two ever held the same lock, or led, at the same time; and whether each who came
/// later got a larger token, or a later term.
///
/// Reads `acquire owner → token` and `release owner`, as the model `fenced-mutex` has them. It
/// holds against a system only what is certain: somebody holds from the answer to an acquisition
/// until the call of a release of the same owner, unless an earlier release may still take effect.
/// That is less than linearizability asks for, and needs no search.
public final class OneHolderChecker implements Checker {
  private static final String NAME = "one-holder";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(History history) {
    long start = System.nanoTime();
    Map<Value, Lock> locks = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      if (operation.mayHaveHappened()) {
        locks.computeIfAbsent(operation.key(), key -> new Lock()).add(operation);
      }
    }
    List<Verdict.Certificate> certificates = new ArrayList<>();
    Verdict.Counterexample violation = null;
    for (Map.Entry<Value, Lock> lock : locks.entrySet()) {
      Optional<Verdict.Counterexample> found = lock.getValue().violation();
      if (found.isPresent() && violation == null) {
        violation = found.get();
      }
      certificates.add(new Verdict.Certificate(lock.getKey(), lock.getValue().inOrder(), NAME));
    }
    long nanos = System.nanoTime() - start;
    Verdict.Effort effort = new Verdict.Effort(history.size(), locks.size(), 0, nanos);
    return violation == null
        ? new Verdict.Valid(certificates, effort)
        : new Verdict.Invalid(violation, effort);
  }

  private static long token(Operation acquisition) {
    if (acquisition.output() instanceof Value.Int(long token)) {
      return token;
    }
    throw new IllegalArgumentException(
        "operation %d acquired with the token %s, which is no whole number"
            .formatted(acquisition.index(), acquisition.output()));
  }

  /// From when until when an acquisition certainly held; nothing at all if `until` is not later.
  private record Hold(Operation acquisition, int from, int until) {}

  /// What happened to one lock.
  private static final class Lock {
    private final List<Operation> acquisitions = new ArrayList<>();
    private final Map<Value, Releases> releases = new LinkedHashMap<>();

    void add(Operation operation) {
      switch (operation.function()) {
        case "acquire" -> {
          if (operation.isOk()) {
            acquisitions.add(operation);
          }
        }
        case "release" ->
            releases.computeIfAbsent(operation.input(), owner -> new Releases()).add(operation);
        default ->
            throw new IllegalArgumentException(
                "operation %d calls %s, which is neither acquire nor release"
                    .formatted(operation.index(), operation.function()));
      }
    }

    List<Operation> inOrder() {
      return acquisitions.stream()
          .sorted(Comparator.comparingLong(OneHolderChecker::token))
          .toList();
    }

    Optional<Verdict.Counterexample> violation() {
      List<Hold> holds = new ArrayList<>();
      for (Operation acquisition : acquisitions) {
        Releases ofOwner = releases.get(acquisition.input());
        holds.add(
            ofOwner == null
                ? new Hold(acquisition, acquisition.returnPosition(), Operation.NEVER)
                : ofOwner.hold(acquisition));
      }
      return twoHolders(holds).or(() -> tokensInWrongOrder());
    }

    /// Whoever acquired while another certainly held, or holds at the same time.
    private static Optional<Verdict.Counterexample> twoHolders(List<Hold> holds) {
      TreeMap<Integer, Hold> certain = new TreeMap<>();
      Hold longest = null;
      List<Hold> byStart = holds.stream().sorted(Comparator.comparingInt(Hold::from)).toList();
      for (Hold hold : byStart) {
        if (hold.until() <= hold.from()) {
          continue;
        }
        if (longest != null && longest.until() > hold.from()) {
          return Optional.of(together(longest.acquisition(), hold.acquisition()));
        }
        longest = hold;
        certain.put(hold.from(), hold);
      }
      for (Hold hold : byStart) {
        Operation acquisition = hold.acquisition();
        Map.Entry<Integer, Hold> other = certain.lowerEntry(acquisition.callPosition());
        if (other != null && other.getValue().until() > acquisition.returnPosition()) {
          return Optional.of(together(other.getValue().acquisition(), acquisition));
        }
      }
      return Optional.empty();
    }

    private Optional<Verdict.Counterexample> tokensInWrongOrder() {
      TokenOrder order = new TokenOrder();
      Moments.visit(acquisitions, order);
      return Optional.ofNullable(order.violation);
    }
  }

  private static Verdict.Counterexample together(Operation first, Operation second) {
    String reason = "%s acquired it while %s held it".formatted(second.input(), first.input());
    return counterexample(first, second, reason);
  }

  private static Verdict.Counterexample counterexample(
      Operation first, Operation second, String reason) {
    return new Verdict.Counterexample(
        second.key(),
        reason,
        second,
        List.of(new Verdict.Contribution(first, true), new Verdict.Contribution(second, true)),
        List.of(),
        NAME);
  }

  /// The releases of one owner that may have happened.
  private static final class Releases {
    private final TreeMap<Integer, Operation> byCall = new TreeMap<>();

    /// For each call, the latest time at which any release called so far may take effect.
    private final TreeMap<Integer, Integer> latest = new TreeMap<>();

    /// Releases come in order of their calls.
    void add(Operation release) {
      int end =
          release.outcome() instanceof Outcome.Unknown ? Operation.NEVER : release.returnPosition();
      int before = latest.isEmpty() ? -1 : latest.lastEntry().getValue();
      latest.put(release.callPosition(), Math.max(before, end));
      byCall.put(release.callPosition(), release);
    }

    Hold hold(Operation acquisition) {
      int from = acquisition.returnPosition();
      Map.Entry<Integer, Integer> earlier = latest.lowerEntry(from);
      if (earlier != null && earlier.getValue() > acquisition.callPosition()) {
        return new Hold(acquisition, from, from);
      }
      Integer until = byCall.higherKey(from);
      return new Hold(acquisition, from, until == null ? Operation.NEVER : until);
    }
  }

  /// Notices who got a token no larger than that of somebody who had got theirs before.
  private static final class TokenOrder implements Moments.Visitor {
    private final Map<Integer, Operation> before = new LinkedHashMap<>();
    private @Nullable Operation largest;
    private Verdict.@Nullable Counterexample violation;

    @Override
    public void called(Operation acquisition) {
      if (largest != null) {
        before.put(acquisition.callPosition(), largest);
      }
    }

    @Override
    public void returned(Operation acquisition) {
      Operation earlier = before.remove(acquisition.callPosition());
      if (violation == null && earlier != null && token(acquisition) <= token(earlier)) {
        String reason =
            "%s was given the token %d after %s had been given %d"
                .formatted(
                    acquisition.input(), token(acquisition), earlier.input(), token(earlier));
        violation = counterexample(earlier, acquisition, reason);
      }
      if (largest == null || token(acquisition) > token(largest)) {
        largest = acquisition;
      }
    }
  }
}
