package dev.labrys.lab;

import dev.labrys.cluster.sim.Invariant;

/// What became of a soak run. Only one of them is good.
public sealed interface SoakVerdict {

  /// No invariant was violated, the history is linearizable, and the cluster recovered.
  ///
  /// @param recoveryNanos how long it took from the end of the last fault until a new command was
  ///   executed
  record Passed(long recoveryNanos) implements SoakVerdict {}

  /// An invariant was violated.
  record Violated(Invariant invariant, String message) implements SoakVerdict {}

  /// Clients saw what no single copy could have shown them.
  record NotLinearizable(String reason) implements SoakVerdict {}

  /// The cluster did not come back to work although nothing was wrong any more.
  record NotLive(String reason) implements SoakVerdict {}

  /// A server threw an exception.
  record Broken(String exception) implements SoakVerdict {}

  /// Nothing happened, so nothing is known.
  record Vacuous(String reason) implements SoakVerdict {}

  /// The checker could not decide within its limits.
  record Undecided(String reason) implements SoakVerdict {}

  default boolean isPassed() {
    return this instanceof Passed;
  }
}
