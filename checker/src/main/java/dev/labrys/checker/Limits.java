package dev.labrys.checker;

import java.util.concurrent.atomic.AtomicBoolean;

/// When a check must stop: at its deadline, or because somebody else has the answer.
///
/// @param deadlineNanos on the clock of `System.nanoTime`
/// @param memoryBytes what the tables of one partition may hold
record Limits(long deadlineNanos, long memoryBytes, AtomicBoolean isCancelled) {

  boolean isOver() {
    return isCancelled.get()
        || Thread.currentThread().isInterrupted()
        || System.nanoTime() - deadlineNanos > 0;
  }

  /// Why [#isOver].
  String reason() {
    if (isCancelled.get()) {
      return "another partition was decided";
    }
    return Thread.currentThread().isInterrupted() ? "interrupted" : "the time was up";
  }
}
