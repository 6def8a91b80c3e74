package dev.labrys.cluster.machine;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The nodes of a cluster, as far as somebody has to know them who wants to ask them something.
public interface RunningNodes {

  /// Where the harness reaches a port of a node, by the name that its program has for it.
  Address address(NodeId node, String port);

  /// What a node is doing.
  NodeState state(NodeId node);

  /// Whether a node runs, and is not paused.
  default boolean runs(NodeId node) {
    return state(node) == NodeState.RUNNING;
  }

  /// The processes of a node that runs, as far as they are processes of this machine.
  List<ProcessHandle> processes(NodeId node) throws IOException;

  /// Who holds the nodes to limits, if they have somebody of their own for that.
  default Optional<Limiter> limiter() {
    return Optional.empty();
  }

  /// The folder of what a node must not forget, as seen from here.
  Path data(NodeId node) throws IOException;
}
