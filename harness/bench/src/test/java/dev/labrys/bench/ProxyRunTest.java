package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProxyRunTest {

  @Test
  void everyFigureIsMeasuredBothWays() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int exitCode =
        Bench.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "proxy",
            "--rounds=1",
            "--millis=20",
            "--connections=3");

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("  direct"))).hasSize(3);
    assertThat(out.toString().lines().filter(line -> line.startsWith("  embedded"))).hasSize(3);
  }

  @Test
  void nothingIsNotMeasured() {
    StringWriter err = new StringWriter();

    int exitCode =
        Bench.run(
            new PrintWriter(new StringWriter()), new PrintWriter(err, true), "proxy", "--rounds=0");

    assertThat(exitCode).isEqualTo(64);
  }
}
