package dev.labrys.bench;

/// What clients do in one measurement.
///
/// @param clients each with a connection of its own, and one request at a time
/// @param perSecond requests that begin in each second, whatever becomes of those before; 0 to let
///   each client send its next request when it has the answer to the last
record Load(Operation operation, int clients, int perSecond) {

  /// What is asked for.
  enum Operation {
    PUT,
    GET
  }

  Load {
    if (clients < 1 || perSecond < 0) {
      throw new IllegalArgumentException("%d clients, %d per second".formatted(clients, perSecond));
    }
  }

  boolean isDrivenByRate() {
    return perSecond > 0;
  }
}
