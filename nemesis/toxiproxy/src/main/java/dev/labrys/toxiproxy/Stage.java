package dev.labrys.toxiproxy;

/// A toxic at work on one link: decides which of the bytes in front of it go on, and when.
///
/// A stage keeps no bytes: what it holds back stays in the pipe in front of it. Therefore taking a
/// stage away, or replacing it, can't lose, double or reorder anything, and needs no receiver. The
/// one exception is [Messages], which lets go of what it keeps when it is told to [#leave].
interface Stage {
  /// A time that does not come.
  long NEVER = Long.MAX_VALUE;

  /// How much waits in front of a stage that has no use for more than the chunk in its hands.
  long ONE_CHUNK = 1;

  /// Moves what may go on from `in` to `out`; called whenever something has changed.
  ///
  /// @return when to call again if nothing changes before, or [#NEVER]
  long flow(Pipe in, Outlet out, long nowNanos);

  /// How much may wait in front of it, in bytes. As soon as it is as much, the sender has to wait.
  default long capacity() {
    return ONE_CHUNK;
  }

  /// Lets go of the chunk in its hands, as a new stage takes its place.
  default void letGo(Pipe in, Outlet out) {}

  /// The stream has begun before this stage had anything to do with it.
  default void join() {}

  /// Lets go of bytes that it keeps itself, as it is taken away.
  default void leave(Outlet out) {}

  /// Takes over from a stage of the same kind what outlives an update.
  default void follow(Stage predecessor) {}

  /// Whether bytes are missing from the stream, so that the connection must be reset if this stage
  /// is taken away.
  default boolean isTorn() {
    return false;
  }

  /// Whether new connections get through to the server.
  default boolean letsConnect() {
    return true;
  }

  /// What happens to a new connection that does not get through.
  default boolean refuses() {
    return false;
  }

  /// `millis` after `nanos`, where what is too late to happen is [#NEVER].
  static long after(long nanos, long millis) {
    long most = (NEVER - nanos) / 1_000_000;
    return millis <= 0 ? nanos : millis >= most ? NEVER : nanos + millis * 1_000_000;
  }
}
