package dev.labrys.cluster.sim;

/// A running hash of what happens, cheap enough to be on always.
final class Fingerprint {
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long OTHER_ODD = 0xD6E8FEB86659FD93L;

  private long state;

  void mix(long first, long second) {
    long mixed = (state ^ first) * ODD + second;
    state = (mixed ^ (mixed >>> 32)) * OTHER_ODD;
  }

  long value() {
    return state ^ (state >>> 29);
  }
}
