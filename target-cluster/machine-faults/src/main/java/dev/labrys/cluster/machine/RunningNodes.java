package dev.labrys.cluster.machine;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;

/// The nodes of a cluster, as far as somebody has to know them who wants to ask them something.
public interface RunningNodes {

  /// Where the harness reaches a port of a node, by the name that its program has for it.
  Address address(NodeId node, String port);

  /// Whether a node runs, and is not paused.
  boolean runs(NodeId node);
}
