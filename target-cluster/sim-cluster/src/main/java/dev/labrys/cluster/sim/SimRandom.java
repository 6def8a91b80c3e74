package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import java.util.random.RandomGenerator;

/// Random numbers that are the same on every JDK, and cheap.
///
/// How the JDK makes numbers of a range out of random bits is not specified, and has changed; so
/// whatever servers and networks are given to draw from does it itself. The bits are SplitMix64's
/// (Steele, Lea and Flood, OOPSLA 2014), from a state that the seed gives.
final class SimRandom implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private SimRandom(long state) {
    this.state = state;
  }

  /// The stream `name` of `seed`.
  static SimRandom of(Seed seed, String name) {
    return new SimRandom(seed.stream(name).nextLong());
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    long bits = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  @Override
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  @Override
  public long nextLong(long bound) {
    return nextLong(0, bound);
  }

  @Override
  public long nextLong(long origin, long bound) {
    if (origin >= bound) {
      throw new IllegalArgumentException(
          "there is no number from %d below %d".formatted(origin, bound));
    }
    return origin + Dice.below(this, bound - origin);
  }

  @Override
  public int nextInt(int bound) {
    return nextInt(0, bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return (int) nextLong(origin, bound);
  }
}
