package dev.labrys.experiment;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.liveness.Demand;
import dev.labrys.liveness.Glimpse;
import dev.labrys.liveness.Liveness;
import dev.labrys.liveness.LivenessVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Keeps what nodes say of themselves while nothing is done to them, and tells why a cluster does
/// not get on. Any thread may report.
final class CalmWatch {
  /// Nobody needs more of a cluster that does not get on.
  private static final int MOST_GLIMPSES = 20_000;

  private final List<Glimpse> glimpses = new ArrayList<>();
  private long fromNanos = Long.MAX_VALUE;

  /// Nothing is done to anybody from now on.
  synchronized void begin(long nanos) {
    fromNanos = Math.min(fromNanos, nanos);
  }

  /// What all nodes have said last. Those that don't answer are not in it.
  synchronized void see(long nanos, Map<NodeId, Standing> nodes) {
    boolean isLater = glimpses.isEmpty() || glimpses.getLast().nanos() <= nanos;
    if (nanos >= fromNanos && isLater && glimpses.size() < MOST_GLIMPSES) {
      glimpses.add(new Glimpse(nanos, new TreeMap<>(nodes)));
    }
  }

  /// At which step the cluster stopped, in words; empty if it did not, or nobody knows.
  synchronized Optional<String> complaint(Experiment experiment, List<NodeId> nodes) {
    if (glimpses.isEmpty()) {
      return Optional.empty();
    }
    long election = experiment.cluster().tested().electionNanos(experiment.cluster());
    long patience = Math.max(1, experiment.trouble().recovery().toNanos() / election);
    Demand demand = Demand.of(new TreeSet<>(nodes), fromNanos, election, (int) patience);
    return switch (Liveness.judge(demand, glimpses, List.of())) {
      case LivenessVerdict.Violated violated ->
          Optional.of("%s: %s".formatted(violated.failure(), violated.reason()));
      case LivenessVerdict.Fine _, LivenessVerdict.Undecided _ -> Optional.empty();
    };
  }
}
