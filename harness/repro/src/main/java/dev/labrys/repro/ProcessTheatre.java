package dev.labrys.repro;

import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import dev.labrys.system.raft.RaftProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Opens theatres on processes of this machine: no root, no containers.
public final class ProcessTheatre {
  private ProcessTheatre() {}

  /// So many of our own nodes, each link with a proxy of its own.
  ///
  /// @param folder of the run
  /// @param registry as [ProcessOptions] has it
  /// @param raft options of the Raft, each `key=value`
  public static Theatre open(Path folder, Path registry, int nodes, List<String> raft)
      throws IOException {
    NodeLinks links = NodeLinks.open(folder.getFileName().toString());
    try {
      ProcessCluster cluster =
          ProcessCluster.start(
              ProcessOptions.of(folder, nodes, registry).withLinks(links.links()),
              RaftProgram.ofThisJvm(NodeLinks.CLUSTER, NodeLinks.options(raft)));
      return new RealTheatre(cluster, node -> cluster.own(node, RaftProgram.HTTP_PORT), links);
    } catch (IOException | RuntimeException failed) {
      links.close();
      throw failed;
    }
  }
}
