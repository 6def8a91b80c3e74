package dev.labrys.cluster.container;

import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.machine.Provision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a cluster of containers is made of.
///
/// @param folder of the run: logs of the nodes go there
/// @param nodes that the cluster starts with
/// @param spares that are not started, and are no members at first
/// @param limits of each node
/// @param links what stands between nodes, and clients; closed with the cluster
/// @param startTimeout after which a node that does not serve is given up
/// @param provisions what is made ready to be done to nodes later
public record ContainerOptions(
    Path folder,
    List<NodeId> nodes,
    List<NodeId> spares,
    Image image,
    Limits limits,
    Links links,
    Duration startTimeout,
    Set<Provision> provisions) {

  /// So many fit into the cluster's network.
  private static final int MOST_NODES = 200;

  public ContainerOptions {
    folder = folder.toAbsolutePath();
    nodes = List.copyOf(nodes);
    spares = List.copyOf(spares);
    provisions = Set.copyOf(provisions);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a cluster needs a node");
    }
    if (nodes.stream().anyMatch(spares::contains)) {
      throw new IllegalArgumentException("a node is either there at the start or spare");
    }
    if (nodes.size() + spares.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "a cluster of containers has at most %d nodes".formatted(MOST_NODES));
    }
  }

  /// The nodes n1 to n`count`, no spares and no limits.
  public static ContainerOptions of(Path folder, int count, Image image) {
    List<NodeId> nodes = IntStream.rangeClosed(1, count).mapToObj(NodeId::numbered).toList();
    return new ContainerOptions(
        folder,
        nodes,
        List.of(),
        image,
        Limits.none(),
        Links.direct(),
        Duration.ofSeconds(60),
        Set.of());
  }

  /// The same with `count` spares, numbered on.
  public ContainerOptions withSpares(int count) {
    List<NodeId> more =
        IntStream.rangeClosed(nodes.size() + 1, nodes.size() + count)
            .mapToObj(NodeId::numbered)
            .toList();
    return new ContainerOptions(
        folder, nodes, more, image, limits, links, startTimeout, provisions);
  }

  /// The same with other limits.
  public ContainerOptions withLimits(Limits others) {
    return new ContainerOptions(
        folder, nodes, spares, image, others, links, startTimeout, provisions);
  }

  /// The same with another patience.
  public ContainerOptions withStartTimeout(Duration other) {
    return new ContainerOptions(folder, nodes, spares, image, limits, links, other, provisions);
  }

  /// The same with something between the nodes.
  public ContainerOptions withLinks(Links others) {
    return new ContainerOptions(
        folder, nodes, spares, image, limits, others, startTimeout, provisions);
  }

  /// The same with these things made ready.
  public ContainerOptions providing(Set<Provision> others) {
    return new ContainerOptions(folder, nodes, spares, image, limits, links, startTimeout, others);
  }
}
