package dev.labrys.raft.node;

/// Something that has to be done at some time, on the thread of the loop.
interface Timed {

  /// When [#onTime] is wanted; [Long#MAX_VALUE] for never.
  long wakeNanos();

  /// It is `nowNanos`. There may be nothing to do yet.
  void onTime(long nowNanos);
}
