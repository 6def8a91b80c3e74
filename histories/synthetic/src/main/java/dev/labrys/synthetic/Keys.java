package dev.labrys.synthetic;

/// Draws keys: all alike, or a few of them far more often than the rest.
final class Keys {
  private final int count;
  private final double[] cumulative;

  Keys(int count, double skew) {
    this.count = count;
    this.cumulative = new double[skew == 0 ? 0 : count];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += StrictMath.pow(i + 1, -skew);
      cumulative[i] = sum;
    }
  }

  int draw(Dice dice) {
    if (count == 1) {
      return 0;
    }
    if (cumulative.length == 0) {
      return dice.below(count);
    }
    double target = dice.unit() * cumulative[count - 1];
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
