package dev.labrys.toxiproxy;

import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// How a server is started.
///
/// @param host where the API listens: a name or number of this machine
/// @param port the port of the API, 0 for any that is free
/// @param dice an independent source of random numbers for each name it is asked for
/// @param nanos the time, in nanoseconds since whenever, as [System#nanoTime] tells it
/// @param metrics whether `/metrics` is answered
public record ToxiproxyOptions(
    String host,
    int port,
    Function<String, RandomGenerator> dice,
    LongSupplier nanos,
    MetricsChoice metrics) {
  public static final String USUAL_HOST = "127.0.0.1";
  public static final int USUAL_PORT = 8474;

  private static final int PORTS = 1 << 16;

  /// Whether `/metrics` is answered.
  public enum MetricsChoice {
    HIDDEN,
    SHOWN
  }

  public ToxiproxyOptions {
    if (port < 0 || port >= PORTS) {
      throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
    }
  }

  /// On loopback, at a port that is free.
  public static ToxiproxyOptions anywhere(Function<String, RandomGenerator> dice) {
    return new ToxiproxyOptions(USUAL_HOST, 0, dice, System::nanoTime, MetricsChoice.HIDDEN);
  }

  public ToxiproxyOptions at(String newHost, int newPort) {
    return new ToxiproxyOptions(newHost, newPort, dice, nanos, metrics);
  }

  public ToxiproxyOptions with(MetricsChoice newMetrics) {
    return new ToxiproxyOptions(host, port, dice, nanos, newMetrics);
  }
}
