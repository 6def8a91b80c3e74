package dev.labrys.experiment;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.container.ContainerCapabilities;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.cluster.process.ProcessCapabilities;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.history.Seed;
import java.io.IOException;
import java.util.Optional;

/// What can be done to the nodes of a cluster before it is there, as far as this machine can tell.
///
/// A cluster that has started knows better: a node may not obey, or a proxy may not be there.
final class Prospects {
  private Prospects() {}

  /// @throws IOException if there is no engine for containers, saying why
  static Capabilities of(Experiment.ClusterPlan cluster) throws IOException {
    return switch (cluster.deployment()) {
      case SIMULATION -> SimCluster.CAPABILITIES;
      case PROCESSES -> linked(cluster, ProcessCapabilities.probe(cluster.tested().specimen()));
      case CONTAINERS ->
          linked(cluster, ContainerCapabilities.probe(Engine.find(), cluster.tested().specimen()));
    };
  }

  private static Capabilities linked(Experiment.ClusterPlan cluster, Capabilities nodes)
      throws IOException {
    Optional<String> framing = cluster.tested().framing();
    return switch (cluster.links()) {
      case LinkPlan.Kernel _ -> nodes.with(KernelLinks.probe());
      case LinkPlan.Embedded _, LinkPlan.Server _ -> proxied(cluster.links(), framing, nodes);
      // Of what others have made nobody knows before it runs, but that it is much the same.
      case LinkPlan.Contained _ -> proxied(LinkPlan.EMBEDDED, framing, nodes);
    };
  }

  private static Capabilities proxied(LinkPlan links, Optional<String> framing, Capabilities nodes)
      throws IOException {
    try (Interposition between = Interposition.open(links, framing, new Seed(0))) {
      return between.links().add(nodes);
    }
  }
}
