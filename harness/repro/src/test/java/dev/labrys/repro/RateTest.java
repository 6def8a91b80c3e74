package dev.labrys.repro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Bounds as in tables of Wilson's interval.
final class RateTest {

  @Test
  void boundsOfAShare() {
    Rate rate = new Rate(10, 100);

    assertThat(rate.low()).isCloseTo(0.0552, within(0.0001));
    assertThat(rate.high()).isCloseTo(0.1744, within(0.0001));
  }

  @Test
  void neverSeenIsNotNever() {
    Rate rate = new Rate(0, 100);

    assertThat(rate.low()).isZero();
    assertThat(rate.high()).isCloseTo(0.0370, within(0.0001));
    assertThat(new Rate(100, 100).high()).isEqualTo(1);
  }

  @Test
  void moreThanAllCantBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(2, 1));
  }
}
