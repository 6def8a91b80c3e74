package dev.labrys.system.raft;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.machine.Provision;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Three of our servers, as processes or in containers.
record RealCluster(Cluster cluster, RaftOverHttp raft) implements AutoCloseable {

  enum Deployment {
    PROCESSES,
    CONTAINERS
  }

  /// Starts them; where there is no engine, the test is skipped, saying why.
  ///
  /// @param folder of the test
  static RealCluster start(
      Deployment deployment, Path folder, Links links, Set<Provision> provisions)
      throws IOException {
    return start(deployment, folder, links, provisions, List.of());
  }

  /// The same with options of the node beyond the usual.
  static RealCluster start(
      Deployment deployment,
      Path folder,
      Links links,
      Set<Provision> provisions,
      List<String> options)
      throws IOException {
    return switch (deployment) {
      case PROCESSES -> {
        ProcessCluster processes =
            ProcessCluster.start(
                ProcessOptions.of(folder.resolve("run"), 3, folder.resolve("registry"))
                    .withLinks(links)
                    .providing(provisions),
                RaftProgram.ofThisJvm("nemesis", with(List.of("--admin", "any"), options)));
        yield new RealCluster(
            processes, new RaftOverHttp(node -> processes.own(node, RaftProgram.HTTP_PORT)));
      }
      case CONTAINERS -> {
        Engine engine = RaftContainers.engine();
        ContainerCluster containers =
            RaftContainers.start(engine, folder.resolve("run"), links, provisions, options);
        yield new RealCluster(containers, RaftContainers.over(containers));
      }
    };
  }

  static List<String> with(List<String> usual, List<String> more) {
    return Stream.concat(usual.stream(), more.stream()).toList();
  }

  /// The three that are members at first.
  List<NodeId> members() {
    return cluster.nodes().subList(0, 3);
  }

  /// Skips the test, saying why, where `capability` is missing.
  void assume(Capability capability) {
    Optional<String> reason = cluster.capabilities().reasonAgainst(capability);
    Assumptions.assumeTrue(
        reason.isEmpty(), () -> "can't %s: %s".formatted(capability.meaning(), reason.orElse("")));
  }

  @Override
  public void close() throws IOException {
    raft.close();
    cluster.close();
  }
}
