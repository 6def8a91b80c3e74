package dev.labrys.raft.node;

/// Waiting for a thread to end, whatever happens meanwhile.
final class Joining {
  private Joining() {}

  /// Returns when `thread` has ended. An interrupt is passed on afterwards.
  static void join(Thread thread) {
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
