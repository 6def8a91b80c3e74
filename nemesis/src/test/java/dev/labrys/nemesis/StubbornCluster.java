package dev.labrys.nemesis;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// A cluster that refuses some of what it is told.
final class StubbornCluster implements Cluster {
  private final Cluster cluster;
  private int refusals;
  private Optional<NodeId> disobedient = Optional.empty();

  StubbornCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Refuses the next `count` things.
  void refuse(int count) {
    refusals = count;
  }

  /// Lets `node` not be told anything while it runs.
  void disobey(NodeId node) {
    disobedient = Optional.of(node);
  }

  private void refuseMaybe() throws IOException {
    if (refusals > 0) {
      refusals--;
      throw new IOException("refused");
    }
  }

  @Override
  public List<NodeId> nodes() {
    return cluster.nodes();
  }

  @Override
  public Capabilities capabilities() {
    return cluster.capabilities();
  }

  @Override
  public NodeState state(NodeId node) {
    return cluster.state(node);
  }

  @Override
  public void pull(Lever lever, NodeId node) throws IOException {
    refuseMaybe();
    cluster.pull(lever, node);
  }

  @Override
  public void network(Map<Way, Passage> passages) throws IOException {
    refuseMaybe();
    cluster.network(passages);
  }

  @Override
  public boolean members(SortedSet<NodeId> members) throws IOException {
    refuseMaybe();
    return cluster.members(members);
  }

  @Override
  public void surround(NodeId node, Surroundings surroundings) throws IOException {
    boolean isDeaf = disobedient.equals(Optional.of(node));
    if (isDeaf && cluster.state(node) == NodeState.RUNNING) {
      throw new IOException("it does not obey");
    }
    cluster.surround(node, surroundings);
  }

  @Override
  public Optional<Standing> standing(NodeId node) {
    return cluster.standing(node);
  }

  @Override
  public Address address(NodeId node, Party viewer) {
    return cluster.address(node, viewer);
  }

  @Override
  public Optional<Path> log(NodeId node) {
    return cluster.log(node);
  }

  @Override
  public Optional<Path> data(NodeId node) {
    return cluster.data(node);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
