package dev.labrys.cluster.sim;

import dev.labrys.cluster.Passage;
import java.util.random.RandomGenerator;

/// Loses, doubles and delays messages as somebody outside the simulation wants.
///
/// One that others are to overtake takes up to 20 ms longer: in that time, some come by if many are
/// under way, and none if none is.
record UnreliableCourier(Passage.Unreliable passage) implements Courier {
  private static final long OVERTAKEN_NANOS = 20_000_000;
  private static final int MILLION = 1_000_000;

  /// What messages take anyway.
  private static final Delay USUAL = new Delay.Uniform(100_000, 1_000_000);

  @Override
  public void carry(Parcel parcel) {
    RandomGenerator random = parcel.random();
    Passage.Chances chances = passage.chances();
    if (happens(chances.drop(), random)) {
      return;
    }
    if (happens(chances.duplicate(), random)) {
      parcel.arriveAfter(delay(random));
    }
    long more = happens(chances.reorder(), random) ? random.nextLong(OVERTAKEN_NANOS) : 0;
    parcel.arriveAfter(delay(random) + more);
  }

  private long delay(RandomGenerator random) {
    return USUAL.draw(random) + random.nextLong(passage.leastNanos(), passage.mostNanos() + 1);
  }

  private static boolean happens(int millionths, RandomGenerator random) {
    return millionths > 0 && random.nextInt(MILLION) < millionths;
  }
}
