package dev.labrys.cluster.process;

import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.machine.Provision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a cluster of processes is made of.
///
/// @param folder of the run: logs and data of the nodes go below it
/// @param nodes that the cluster starts with
/// @param spares that are not started, and are no members at first
/// @param registry the folder where running nodes are noted, for [ProcessLeftovers]; most use that
///   of the user, [Registry#ofUser]
/// @param links what stands between nodes, and clients; closed with the cluster
/// @param startTimeout after which a node that does not serve is given up
/// @param network where the nodes hear each other
/// @param provisions what is made ready to be done to nodes later
public record ProcessOptions(
    Path folder,
    List<NodeId> nodes,
    List<NodeId> spares,
    Path registry,
    Links links,
    Duration startTimeout,
    Network network,
    Set<Provision> provisions) {

  /// Where nodes hear each other.
  public enum Network {
    /// On the loopback interface of this machine, on ports that were free.
    LOOPBACK,
    /// In a namespace for each, on a bridge: with an address of its own. Takes root, on Linux.
    NAMESPACES
  }

  public ProcessOptions {
    folder = folder.toAbsolutePath();
    registry = registry.toAbsolutePath();
    nodes = List.copyOf(nodes);
    spares = List.copyOf(spares);
    provisions = Set.copyOf(provisions);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a cluster needs a node");
    }
    if (nodes.stream().anyMatch(spares::contains)) {
      throw new IllegalArgumentException("a node is either there at the start or spare");
    }
  }

  /// The nodes n1 to n`count` on the loopback interface, and no spares.
  public static ProcessOptions of(Path folder, int count, Path registry) {
    List<NodeId> nodes = IntStream.rangeClosed(1, count).mapToObj(NodeId::numbered).toList();
    return new ProcessOptions(
        folder,
        nodes,
        List.of(),
        registry,
        Links.direct(),
        Duration.ofSeconds(30),
        Network.LOOPBACK,
        Set.of());
  }

  /// The same with `count` spares, numbered on.
  public ProcessOptions withSpares(int count) {
    List<NodeId> more =
        IntStream.rangeClosed(nodes.size() + 1, nodes.size() + count)
            .mapToObj(NodeId::numbered)
            .toList();
    return new ProcessOptions(
        folder, nodes, more, registry, links, startTimeout, network, provisions);
  }

  /// The same with another patience.
  public ProcessOptions withStartTimeout(Duration other) {
    return new ProcessOptions(folder, nodes, spares, registry, links, other, network, provisions);
  }

  /// The same in another network.
  public ProcessOptions in(Network other) {
    return new ProcessOptions(
        folder, nodes, spares, registry, links, startTimeout, other, provisions);
  }

  /// The same with something between the nodes.
  public ProcessOptions withLinks(Links others) {
    return new ProcessOptions(
        folder, nodes, spares, registry, others, startTimeout, network, provisions);
  }

  /// The same with these things made ready.
  public ProcessOptions providing(Set<Provision> others) {
    return new ProcessOptions(
        folder, nodes, spares, registry, links, startTimeout, network, others);
  }
}
