package dev.labrys.repro;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.system.raft.RaftImage;
import dev.labrys.system.raft.RaftProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Opens theatres on containers: a node that is stopped is frozen by the engine.
public final class ContainerTheatre {
  private ContainerTheatre() {}

  /// The image of our own nodes, built if it is not there.
  public static Image image(Engine engine) throws IOException {
    return new ImageBuild(engine)
        .ensure(RaftImage.NAME, ImageBuild.LOCAL_BASE, RaftImage.classPath());
  }

  /// So many of our own nodes, each link with a proxy of its own.
  ///
  /// @param folder of the run
  /// @param raft options of the Raft, each `key=value`
  public static Theatre open(Engine engine, Image image, Path folder, int nodes, List<String> raft)
      throws IOException {
    NodeLinks links = NodeLinks.open(folder.getFileName().toString());
    try {
      List<String> options = new ArrayList<>(List.of("--admin", "any"));
      options.addAll(NodeLinks.options(raft));
      ContainerCluster cluster =
          ContainerCluster.start(
              engine,
              ContainerOptions.of(folder, nodes, image).withLinks(links.links()),
              RaftImage.program(NodeLinks.CLUSTER, options));
      return new RealTheatre(cluster, node -> http(cluster, node), links);
    } catch (IOException | RuntimeException failed) {
      links.close();
      throw failed;
    }
  }

  private static Address http(ContainerCluster cluster, NodeId node) {
    return cluster.own(node, RaftProgram.HTTP_PORT);
  }
}
