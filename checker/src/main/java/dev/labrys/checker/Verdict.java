package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.List;

/// What a checker found. Only a proof is [Valid]; only a counterexample is [Invalid].
public sealed interface Verdict {

  /// What the check cost, and which procedures decided it.
  Effort effort();

  /// The history is allowed. One certificate per partition.
  record Valid(List<Certificate> certificates, Effort effort) implements Verdict {
    public Valid {
      certificates = List.copyOf(certificates);
    }
  }

  /// The history is not allowed.
  record Invalid(Counterexample counterexample, Effort effort) implements Verdict {}

  /// A bound was hit before either could be proved.
  ///
  /// @param reason which bound, in words
  /// @param key the partition in which it was hit first
  /// @param established how many operations of that partition could be linearized, at least
  /// @param operations how many operations that partition has
  record Undecided(String reason, Value key, int established, int operations, Effort effort)
      implements Verdict {}

  /// An order in which the operations of one partition may have taken effect one at a time.
  /// Operations of unknown outcome that are not listed never took effect.
  record Certificate(Value key, List<Operation> order, String procedure) {
    public Certificate {
      order = List.copyOf(order);
    }
  }

  /// Why a history is not allowed.
  ///
  /// @param key the partition
  /// @param reason the contradiction in one sentence
  /// @param culprit the first operation whose return made it certain
  /// @param minimal operations of this partition that contradict each other by themselves
  /// @param attempts the longest ways to order the operations up to the culprit's return
  /// @param procedure what found it
  record Counterexample(
      Value key,
      String reason,
      Operation culprit,
      List<Contribution> minimal,
      List<Attempt> attempts,
      String procedure) {
    public Counterexample {
      minimal = List.copyOf(minimal);
      attempts = List.copyOf(attempts);
    }
  }

  /// A part of a contradiction.
  ///
  /// @param required whether it matters that the operation took effect by its return. If not, it is
  ///   shown because even its effect, at any time after its call, would not help.
  /// @param evidence how one knows that an operation of unknown outcome took effect; else empty
  record Contribution(Operation operation, boolean required, String evidence) {
    public Contribution(Operation operation, boolean required) {
      this(operation, required, "");
    }
  }

  /// A way to linearize that can't be continued.
  ///
  /// @param order the operations in the order tried
  /// @param states the state after each of them, and before the first: one more than `order`
  /// @param stuck the operation that had to come next and can't
  record Attempt(List<Operation> order, List<String> states, Operation stuck) {
    public Attempt {
      order = List.copyOf(order);
      states = List.copyOf(states);
    }
  }

  /// What a check cost.
  ///
  /// @param operations how many operations were checked
  /// @param partitions into how many independent partitions they fell
  /// @param configurations how many configurations the searches visited
  /// @param nanos wall-clock time
  record Effort(long operations, int partitions, long configurations, long nanos) {}
}
