package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyHistogramTest {

  @Test
  void nothingTakesNoTime() {
    LatencyHistogram histogram = new LatencyHistogram();

    assertThat(histogram.quantile(0.5)).isZero();
    assertThat(histogram.largest()).isZero();
  }

  /// However long: a nanosecond, or a century.
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 129, 255, 256, 1_000_003, Long.MAX_VALUE - 1})
  void aSingleDurationIsEveryQuantile(long nanos) {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.add(nanos);

    assertThat(histogram.quantile(0)).isEqualTo(nanos);
    assertThat(histogram.quantile(0.999)).isEqualTo(nanos);
    assertThat(histogram.largest()).isEqualTo(nanos);
  }

  /// Compared with all durations in order.
  @Test
  void quantilesAreAtMostOnePercentTooLong() {
    RandomGenerator random = new Seed(7).stream("durations");
    LatencyHistogram histogram = new LatencyHistogram();
    long[] all = new long[10_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextLong(1L << random.nextInt(1, 40));
      histogram.add(all[i]);
    }
    Arrays.sort(all);

    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = all[(int) Math.ceil(share * all.length) - 1];
      assertThat(histogram.quantile(share))
          .as("quantile %s", share)
          .isBetween(exact, exact + exact / 100);
    }
    assertThat(histogram.count()).isEqualTo(all.length);
  }
}
