package dev.labrys.cluster.process;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Site;
import dev.labrys.cluster.machine.NodeSurroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a node of a cluster of processes is told.
final class ProcessSite implements Site {
  private final ProcessCluster cluster;
  private final ProcessOptions options;
  private final NodeSurroundings around;
  private final NodeId node;

  ProcessSite(
      ProcessCluster cluster, ProcessOptions options, NodeSurroundings around, NodeId node) {
    this.cluster = cluster;
    this.options = options;
    this.around = around;
    this.node = node;
  }

  @Override
  public NodeId node() {
    return node;
  }

  @Override
  public List<NodeId> members() {
    return options.nodes();
  }

  @Override
  public List<NodeId> nodes() {
    return cluster.nodes();
  }

  @Override
  public Path data() {
    return cluster.data(node).orElseThrow();
  }

  @Override
  public Optional<Path> syncedCopy() {
    return around.syncedCopy(data());
  }

  @Override
  public Address listen(String port) {
    return cluster.own(node, port);
  }

  @Override
  public Address advertised(NodeId other, String port) {
    return port.equals(Program.CLIENT_PORT)
        ? cluster.address(other, new Party.Clients())
        : cluster.own(other, port);
  }

  @Override
  public Address peer(NodeId peer) {
    return cluster.address(peer, new Party.Member(node));
  }
}
