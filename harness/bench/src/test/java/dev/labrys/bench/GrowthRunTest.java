package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GrowthRunTest {
  @Test
  void theSlopeOfAPowerIsItsExponent() {
    List<double[]> points =
        List.of(logarithms(1, 5), logarithms(2, 20), logarithms(4, 80), logarithms(16, 1280));

    assertThat(GrowthRun.slope(points)).isCloseTo(2, within(1e-9));
  }

  private static double[] logarithms(double length, double millis) {
    return new double[] {Math.log(length), Math.log(millis)};
  }
}
