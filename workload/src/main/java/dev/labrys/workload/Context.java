package dev.labrys.workload;

/// What a generator may know when it is asked.
///
/// @param timeNanos nanoseconds since the start of the run
/// @param process the idle process that wants something to do
/// @param busy how many processes have an operation under way
public record Context(long timeNanos, int process, int busy) {
  public Context {
    if (timeNanos < 0 || process < 0 || busy < 0) {
      throw new IllegalArgumentException(
          "time %d, process %d and busy %d must not be negative"
              .formatted(timeNanos, process, busy));
    }
  }
}
