package dev.labrys.system.raft;

import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Clusters of three of our servers in containers, with a fourth to spare.
final class RaftContainers {

  private RaftContainers() {}

  /// Starts one, and returns when all three serve.
  ///
  /// @param folder of the run
  static ContainerCluster start(Engine engine, Path folder) throws IOException {
    Image image =
        new ImageBuild(engine).ensure(RaftImage.NAME, ImageBuild.LOCAL_BASE, RaftImage.classPath());
    return ContainerCluster.start(
        engine,
        ContainerOptions.of(folder, 3, image).withSpares(1),
        RaftImage.program(
            "test", List.of("--admin", "any", "--raft-option", "snapshot-entries=20")));
  }

  static RaftOverHttp over(ContainerCluster cluster) {
    return new RaftOverHttp(node -> cluster.own(node, RaftProgram.HTTP_PORT));
  }
}
