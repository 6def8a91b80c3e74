package dev.labrys.system.raft;

import dev.labrys.cluster.Links;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.cluster.machine.Provision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/// Clusters of three of our servers in containers, with a fourth to spare.
final class RaftContainers {

  private RaftContainers() {}

  /// The engine; without one the test is skipped, saying why, or fails with
  /// `-Dcontainers=required`.
  static Engine engine() throws IOException {
    try {
      Engine.probe();
    } catch (ContainersUnavailable reason) {
      if ("required".equals(System.getProperty("containers"))) {
        throw reason;
      }
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
    return Engine.find();
  }

  /// Starts one, and returns when all three serve.
  ///
  /// @param folder of the run
  static ContainerCluster start(Engine engine, Path folder) throws IOException {
    return start(engine, folder, Links.direct(), Set.of(), List.of());
  }

  /// @param options of the node beyond the usual
  static ContainerCluster start(
      Engine engine, Path folder, Links links, Set<Provision> provisions, List<String> options)
      throws IOException {
    List<String> usual = List.of("--admin", "any", "--raft-option", "snapshot-entries=20");
    Image image =
        new ImageBuild(engine).ensure(RaftImage.NAME, ImageBuild.LOCAL_BASE, RaftImage.classPath());
    return ContainerCluster.start(
        engine,
        ContainerOptions.of(folder, 3, image).withSpares(1).withLinks(links).providing(provisions),
        RaftImage.program("test", RealCluster.with(usual, options)));
  }

  static RaftOverHttp over(ContainerCluster cluster) {
    return new RaftOverHttp(node -> cluster.own(node, RaftProgram.HTTP_PORT));
  }
}
