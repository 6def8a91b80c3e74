package dev.labrys.toxiproxy;

/// Where a stage lets bytes go on to, as far as there is room.
///
/// @param capacity how much may wait there
record Outlet(Pipe pipe, long capacity) {

  boolean isFull() {
    return pipe.isFull(capacity);
  }

  void put(Chunk chunk) {
    pipe.put(chunk);
  }

  void end(long atNanos) {
    pipe.end(atNanos);
  }

  void reset() {
    pipe.reset();
  }

  /// Takes all of `in`, the end included, as far as there is room.
  void takeAll(Pipe in) {
    in.passTo(pipe, capacity);
  }

  /// Takes the end of `in` if nothing is left before it.
  void takeEnd(Pipe in) {
    if (in.isAtEnd()) {
      pipe.end(in.endedAtNanos());
    }
  }
}
