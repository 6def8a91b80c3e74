package dev.labrys.workload;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Which of several is drawn how often.
public final class Skew {

  /// All as often.
  public static final Skew NONE = new Skew(0);

  static final double MOST_EXPONENT = 10;

  private static final int MOST_KEPT = 1 << 12;

  private final double exponent;

  /// The sums of the weights, for as many as were asked for first.
  private volatile double[] sums = new double[0];

  private Skew(double exponent) {
    this.exponent = exponent;
  }

  /// Zipf's law: the first as often as n to the power of `exponent` times the n-th.
  public static Skew zipf(double exponent) {
    if (!(exponent >= 0) || exponent > MOST_EXPONENT) {
      throw new IllegalArgumentException(
          "an exponent is from 0 to %s, not %s".formatted(MOST_EXPONENT, exponent));
    }
    return new Skew(exponent);
  }

  /// A number below `bound`.
  public int draw(int bound, RandomGenerator random) {
    if (exponent == 0) {
      return random.nextInt(bound);
    }
    double[] upTo = upTo(bound);
    double drawn = random.nextDouble() * upTo[bound - 1];
    int place = Arrays.binarySearch(upTo, 0, bound, drawn);
    return Math.min(bound - 1, place < 0 ? -place - 1 : place + 1);
  }

  private double[] upTo(int bound) {
    double[] known = sums;
    if (known.length >= bound) {
      return known;
    }
    if (bound > MOST_KEPT) {
      throw new IllegalArgumentException("of %d at most, not %d".formatted(MOST_KEPT, bound));
    }
    double[] made = new double[bound];
    double sum = 0;
    for (int i = 0; i < bound; i++) {
      sum += Math.pow(i + 1.0, -exponent);
      made[i] = sum;
    }
    sums = made;
    return made;
  }
}
