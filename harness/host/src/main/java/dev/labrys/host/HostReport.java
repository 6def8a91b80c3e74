package dev.labrys.host;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was seen of the machine for some time.
///
/// @param fromNanos since when, on the clock of [System#nanoTime]
/// @param toNanos until when
/// @param lateness of all sleeps
/// @param stalls those sleeps that were late by 2 ms or more, in order; the longest of them if
///   there were too many
/// @param blindSpots what can't be known on this machine, in words
public record HostReport(
    long fromNanos,
    long toNanos,
    Lateness lateness,
    List<HostStall> stalls,
    List<String> blindSpots) {
  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;

  public HostReport {
    stalls = List.copyOf(stalls);
    blindSpots = List.copyOf(blindSpots);
  }

  /// The longest stall.
  public Optional<HostStall> worst() {
    return worst(fromNanos, toNanos);
  }

  /// The longest stall of which any part was between the two.
  public Optional<HostStall> worst(long from, long to) {
    return stalls.stream()
        .filter(stall -> stall.touches(from, to))
        .max(Comparator.comparingLong(HostStall::nanos));
  }

  /// Whether no stall between the two was as long as `limitNanos`: what happened then is nobody's
  /// doing but the system's under test.
  public boolean isHonest(long from, long to, long limitNanos) {
    return worst(from, to).filter(stall -> stall.nanos() >= limitNanos).isEmpty();
  }

  /// Whether the host was honest, in a sentence; times count from the start of the watch.
  public String verdict(long limitNanos) {
    Optional<HostStall> worst = worst();
    double longest = Math.max(lateness.longestNanos(), worst.map(HostStall::nanos).orElse(0L));
    if (worst.filter(stall -> stall.nanos() >= limitNanos).isEmpty()) {
      return String.format(
          Locale.ROOT, "the host was honest: longest stall %.1f ms", longest / MILLI);
    }
    HostStall stall = worst.get();
    return String.format(
        Locale.ROOT,
        "the host stalled for %.0f ms, from %.3f s to %.3f s (%s)",
        stall.nanos() / MILLI,
        (stall.startNanos() - fromNanos) / SECOND,
        (stall.startNanos() + stall.nanos() - fromNanos) / SECOND,
        stall.cause().meaning());
  }
}
