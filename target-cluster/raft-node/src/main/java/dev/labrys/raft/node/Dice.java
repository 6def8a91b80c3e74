package dev.labrys.raft.node;

import java.util.random.RandomGenerator;

/// Numbers that differ from node to node and from start to start: that is all that election
/// timeouts need. (SplitMix64; Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
/// 2014.)
final class Dice implements RandomGenerator {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed) {
    state = seed;
  }

  /// Dice of this process's own.
  static Dice of(NodeOptions options) {
    long who = 31L * options.cluster().hashCode() + options.node().number();
    return new Dice(who * STEP ^ System.nanoTime() ^ ProcessHandle.current().pid() << 32);
  }

  @Override
  public long nextLong() {
    state += STEP;
    long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
