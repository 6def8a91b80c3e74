package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether reads of totals that only grow ever went back: whoever reads after another has
/// read, whichever client it is, sees at least as much.
///
/// That is less than linearizability asks for. But it needs no search: it looks at each operation
/// once, however many have an unknown outcome.
public final class MonotonicChecker implements Checker {
  private static final String NAME = "monotonic";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(History history) {
    long start = System.nanoTime();
    Map<Value, Watch> byKey = new LinkedHashMap<>();
    Moments.visit(
        history.operations(),
        new Moments.Visitor() {
          @Override
          public void called(Operation operation) {
            watch(byKey, operation).ifPresent(watch -> watch.called(operation));
          }

          @Override
          public void returned(Operation operation) {
            watch(byKey, operation).ifPresent(watch -> watch.returned(operation));
          }
        });
    long nanos = System.nanoTime() - start;
    Verdict.Effort effort = new Verdict.Effort(history.size(), byKey.size(), 0, nanos);
    List<Verdict.Certificate> certificates = new ArrayList<>();
    for (Map.Entry<Value, Watch> watched : byKey.entrySet()) {
      Watch watch = watched.getValue();
      if (watch.violation != null) {
        return new Verdict.Invalid(watch.violation, effort);
      }
      certificates.add(new Verdict.Certificate(watched.getKey(), watch.inOrder(), NAME));
    }
    return new Verdict.Valid(certificates, effort);
  }

  private static Optional<Watch> watch(Map<Value, Watch> byKey, Operation operation) {
    return switch (operation.function()) {
      case "read" ->
          operation.isOk()
              ? Optional.of(byKey.computeIfAbsent(operation.key(), key -> new Watch()))
              : Optional.empty();
      case "add", "increment" -> {
        requireGrowth(operation);
        yield Optional.empty();
      }
      default ->
          throw new IllegalArgumentException(
              "operation %d calls %s, which is no read, add or increment of a total that grows"
                  .formatted(operation.index(), operation.function()));
    };
  }

  private static void requireGrowth(Operation operation) {
    if (operation.input() instanceof Value.Int(long delta) && delta < 0) {
      throw new IllegalArgumentException(
          "operation %d adds %d: what is watched must grow".formatted(operation.index(), delta));
    }
  }

  private static long seen(Operation read) {
    if (read.output() instanceof Value.Int(long total)) {
      return total;
    }
    throw new IllegalArgumentException(
        "operation %d read %s, which is no whole number".formatted(read.index(), read.output()));
  }

  /// What was seen of one key.
  private static final class Watch {
    private final List<Operation> reads = new ArrayList<>();

    /// For each read under way, the one that had seen most when it began.
    private final IdentityHashMap<Operation, Operation> before = new IdentityHashMap<>();

    private @Nullable Operation furthest;
    private Verdict.@Nullable Counterexample violation;

    void called(Operation read) {
      if (furthest != null) {
        before.put(read, furthest);
      }
    }

    void returned(Operation read) {
      reads.add(read);
      Operation earlier = before.remove(read);
      if (violation == null && earlier != null && seen(read) < seen(earlier)) {
        violation = violation(earlier, read);
      }
      if (furthest == null || seen(read) > seen(furthest)) {
        furthest = read;
      }
    }

    /// By what they saw, which is then an order in which they may have taken effect.
    List<Operation> inOrder() {
      return reads.stream().sorted(Comparator.comparingLong(MonotonicChecker::seen)).toList();
    }

    private static Verdict.Counterexample violation(Operation earlier, Operation later) {
      return new Verdict.Counterexample(
          later.key(),
          "a read saw %d after another had seen %d".formatted(seen(later), seen(earlier)),
          later,
          List.of(new Verdict.Contribution(earlier, true), new Verdict.Contribution(later, true)),
          List.of(),
          NAME);
    }
  }
}
