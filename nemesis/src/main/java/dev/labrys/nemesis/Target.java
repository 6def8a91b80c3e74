package dev.labrys.nemesis;

import dev.labrys.cluster.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whom a fault hits. Roles are looked up, and random ones drawn, when the fault starts.
public sealed interface Target {

  /// Nodes that are known only once the fault starts.
  enum Role implements Target {
    ONE,
    MINORITY,
    MAJORITY,
    ALL,
    LEADER,
    FOLLOWERS,
    MAJORITY_WITH_LEADER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// These nodes: `n1+n3`.
  record Named(SortedSet<NodeId> nodes) implements Target {
    public Named {
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("a target needs at least one node");
      }
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    @Override
    public String toString() {
      return nodes.stream().map(NodeId::toString).collect(Collectors.joining("+"));
    }
  }

  /// The nodes that it names; none if it is a role.
  default SortedSet<NodeId> named() {
    return this instanceof Named(SortedSet<NodeId> nodes) ? nodes : Collections.emptySortedSet();
  }

  static Target of(Collection<NodeId> nodes) {
    return new Named(new TreeSet<>(nodes));
  }

  /// Reads what `toString` writes. A role's name is never a node.
  ///
  /// @throws IllegalArgumentException if it is neither a role nor nodes, saying what was expected
  static Target parse(String text) {
    for (Role role : Role.values()) {
      if (role.toString().equals(text)) {
        return role;
      }
    }
    return new Named(FaultText.nodes(text));
  }
}
