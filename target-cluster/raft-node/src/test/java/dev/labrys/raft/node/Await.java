package dev.labrys.raft.node;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Waiting for what has to happen, with a deadline that only a broken node misses.
final class Await {
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  /// What `future` is completed with.
  static <T> T done(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("it did not come about", failed);
    }
  }

  /// What `look` finds as soon as it finds something.
  static <T> T found(String what, Callable<Optional<T>> look) {
    long deadline = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < deadline) {
      try {
        Optional<T> found = look.call();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (Exception failed) {
        throw new AssertionError("while waiting for " + what, failed);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
    throw new AssertionError("in vain: " + what);
  }

  static void until(String what, Callable<Boolean> condition) {
    found(what, () -> condition.call() ? Optional.of(what) : Optional.empty());
  }
}
