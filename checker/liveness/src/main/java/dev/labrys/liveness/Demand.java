package dev.labrys.liveness;

import dev.labrys.cluster.NodeId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is asked of a cluster: that from some moment on its healthy nodes elect a leader, commit
/// what they have, and do so many operations, all within a few election timeouts.
///
/// @param healthy a majority to which nothing happens from then on, and which hear each other; all
///   others are outsiders
/// @param fromNanos when the last fault was healed that concerns them, since the start of the run
/// @param electionNanos the longest time without a leader after which a node stands
/// @param patience within how many of these
/// @param operations that clients must be told are done
public record Demand(
    SortedSet<NodeId> healthy, long fromNanos, long electionNanos, int patience, int operations) {
  public Demand {
    healthy = Collections.unmodifiableSortedSet(new TreeSet<>(healthy));
    if (healthy.isEmpty() || electionNanos <= 0 || patience < 1 || operations < 0) {
      throw new IllegalArgumentException(
          "a demand needs healthy nodes, an election timeout and patience: %s, %d ns, %d of them,"
                  .formatted(healthy, electionNanos, patience)
              + " %d operations".formatted(operations));
    }
  }

  /// Of all nodes, and of no clients.
  public static Demand of(Set<NodeId> nodes, long fromNanos, long electionNanos, int patience) {
    return new Demand(new TreeSet<>(nodes), fromNanos, electionNanos, patience, 0);
  }

  /// For how long the cluster has to be seen before it can be found wanting.
  public long nanos() {
    return electionNanos * patience;
  }
}
