package dev.labrys.cluster.container;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.machine.Limiter;
import dev.labrys.cluster.machine.RunningNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The nodes of a cluster of containers, to be asked.
record ContainerNodes(ContainerCluster cluster) implements RunningNodes {
  @Override
  public Address address(NodeId node, String port) {
    return cluster.own(node, port);
  }

  @Override
  public NodeState state(NodeId node) {
    return cluster.state(node);
  }

  @Override
  public List<ProcessHandle> processes(NodeId node) throws IOException {
    return cluster.container(node).processes();
  }

  @Override
  public Optional<Limiter> limiter() {
    return Optional.of(new EngineLimiter(cluster));
  }

  @Override
  public Path data(NodeId node) throws IOException {
    return cluster
        .data(node)
        .orElseThrow(() -> new IOException("the data of %s can't be seen".formatted(node)));
  }
}
