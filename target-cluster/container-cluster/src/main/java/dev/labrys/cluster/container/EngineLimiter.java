package dev.labrys.cluster.container;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.machine.Limiter;
import java.io.IOException;

/// Has the engine hold the containers of a cluster to limits.
record EngineLimiter(ContainerCluster cluster) implements Limiter {

  /// Each container has control groups of its own.
  @Override
  public Launch prepare(NodeId node, Launch launch) {
    return launch;
  }

  @Override
  public void limitCpu(NodeId node, long millionths) throws IOException {
    cluster.container(node).limitCpu(millionths);
  }

  @Override
  public long memoryInUse(NodeId node) throws IOException {
    return cluster.container(node).memoryInUse();
  }

  @Override
  public void limitMemory(NodeId node, long bytes) throws IOException {
    cluster.container(node).limitMemory(bytes);
  }

  @Override
  public long memoryKills(NodeId node) throws IOException {
    return cluster.container(node).memoryKills();
  }

  @Override
  public void close() {
    // The engine removes groups with their containers.
  }
}
