package dev.labrys.checker;

import java.time.Duration;

/// How much a check may cost before it must answer *unknown*.
///
/// @param timeout wall-clock time for the whole check
/// @param memoryBytes what the tables of all searches together may hold
/// @param threads how many partitions are checked at the same time
public record SearchBudget(Duration timeout, long memoryBytes, int threads) {
  public SearchBudget {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, not " + timeout);
    }
    if (memoryBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "memory must be at least 1 MiB, not " + memoryBytes + " bytes");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }

  /// One minute, a quarter of the heap, every processor.
  public static SearchBudget standard() {
    Runtime runtime = Runtime.getRuntime();
    return new SearchBudget(
        Duration.ofMinutes(1),
        Math.max(1 << 20, runtime.maxMemory() / 4),
        runtime.availableProcessors());
  }

  public SearchBudget withTimeout(Duration newTimeout) {
    return new SearchBudget(newTimeout, memoryBytes, threads);
  }

  public SearchBudget withMemoryBytes(long newMemoryBytes) {
    return new SearchBudget(timeout, newMemoryBytes, threads);
  }

  public SearchBudget withThreads(int newThreads) {
    return new SearchBudget(timeout, memoryBytes, newThreads);
  }
}
