package dev.labrys.cluster.links;

import dev.labrys.cluster.Passage;
import dev.labrys.cluster.links.LinkProxy.Stream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// The toxics of one proxy. How they are driven depends on whose the server is: what ours does at
/// any time, the real one does not without losing bytes.
sealed interface Toxics permits ChangingToxics, StandingToxics {

  /// Treats the bytes of both directions as wanted; those for which nothing is wanted pass.
  void set(Map<Stream, Optional<Passage>> wanted) throws IOException;

  /// The attributes of a toxic `latency`.
  static String latency(long delayNanos, long jitterNanos) {
    return "\"latency\":%d,\"jitter\":%d".formatted(millis(delayNanos), millis(jitterNanos));
  }

  /// A server knows no shorter times.
  static long millis(long nanos) {
    return Math.ceilDiv(nanos, 1_000_000);
  }
}
