package dev.labrys.workload;

/// What a generator may know when it is asked.
///
/// @param timeNanos nanoseconds since the [Desk] was opened
/// @param client the number of the client that is idle, from 0
/// @param process as whom this client acts next; another one after each unknown outcome
/// @param busy how many clients have an operation under way
public record Context(long timeNanos, int client, int process, int busy) {
  public Context {
    if (timeNanos < 0 || client < 0 || process < 0 || busy < 0) {
      throw new IllegalArgumentException(
          "time %d, client %d, process %d and busy %d must not be negative"
              .formatted(timeNanos, client, process, busy));
    }
  }
}
