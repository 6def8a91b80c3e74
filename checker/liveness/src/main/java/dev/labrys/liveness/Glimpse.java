package dev.labrys.liveness;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the nodes of a cluster said of themselves at one moment; those that said nothing are not in
/// it.
///
/// @param nanos when, since the start of the run
public record Glimpse(long nanos, SortedMap<NodeId, Standing> nodes) {
  public Glimpse {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
  }

  /// What `node` said.
  public Optional<Standing> of(NodeId node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /// Whoever leads the latest term that one of `among` leads.
  public Optional<Leader> leader(Set<NodeId> among) {
    Leader latest = null;
    for (Map.Entry<NodeId, Standing> each : nodes.entrySet()) {
      Standing standing = each.getValue();
      if (standing.isLeader()
          && among.contains(each.getKey())
          && (latest == null || standing.term() > latest.standing().term())) {
        latest = new Leader(each.getKey(), standing);
      }
    }
    return Optional.ofNullable(latest);
  }

  /// The latest term that one of `among` is in; -1 if none of them said so.
  public long term(Set<NodeId> among) {
    long latest = -1;
    for (Map.Entry<NodeId, Standing> each : nodes.entrySet()) {
      if (among.contains(each.getKey())) {
        latest = Math.max(latest, each.getValue().term());
      }
    }
    return latest;
  }

  /// A node that says it leads.
  public record Leader(NodeId node, Standing standing) {

    /// Whether the other one is the same node in the same term.
    boolean isSame(Leader other) {
      return node.equals(other.node) && standing.term() == other.standing.term();
    }
  }
}
