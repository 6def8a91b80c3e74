package dev.labrys.raft.node;

/// The memory that the JVM may use for objects, of which everything that grows gets a share: so a
/// node with little of it refuses sooner, rather than runs out.
final class Heap {

  private Heap() {}

  /// One of `shares` equal parts of it, or `most` bytes if that is less.
  static long part(int shares, long most) {
    return Math.min(most, Runtime.getRuntime().maxMemory() / shares);
  }
}
