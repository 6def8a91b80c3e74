package dev.labrys.experiment;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.container.ContainerCapabilities;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.cluster.process.ProcessCapabilities;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.history.Seed;
import dev.labrys.system.raft.RaftProgram;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// What can be done to the nodes of a cluster before it is there, as far as this machine can tell.
///
/// A cluster that has started knows better: a node may not obey, or a proxy may not be there.
final class Prospects {
  private Prospects() {}

  /// @throws IOException if there is no engine for containers, saying why
  static Capabilities of(Experiment.ClusterPlan cluster) throws IOException {
    return switch (cluster.deployment()) {
      case SIMULATION -> SimCluster.CAPABILITIES;
      case PROCESSES -> linked(cluster, ProcessCapabilities.probe().with(offers(cluster)));
      case CONTAINERS ->
          linked(cluster, ContainerCapabilities.probe(Engine.find(), offers(cluster)));
    };
  }

  private static Set<Capability> offers(Experiment.ClusterPlan cluster) {
    return RaftProgram.ofThisJvm(cluster.system(), List.of()).offers();
  }

  private static Capabilities linked(Experiment.ClusterPlan cluster, Capabilities nodes)
      throws IOException {
    return switch (cluster.links()) {
      case LinkPlan.Kernel _ -> nodes.with(KernelLinks.probe());
      case LinkPlan.Embedded _, LinkPlan.Server _ -> proxied(cluster.links(), nodes);
      // Of what others have made nobody knows before it runs, but that it is much the same.
      case LinkPlan.Contained _ -> proxied(LinkPlan.EMBEDDED, nodes);
    };
  }

  private static Capabilities proxied(LinkPlan links, Capabilities nodes) throws IOException {
    try (Interposition between = Interposition.open(links, new Seed(0))) {
      return between.links().add(nodes);
    }
  }
}
