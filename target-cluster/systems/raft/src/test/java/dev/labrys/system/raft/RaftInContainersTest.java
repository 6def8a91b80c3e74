package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our own server in real containers, spoken to over HTTP as by anybody.
@Tag("containers")
@Timeout(180)
final class RaftInContainersTest {
  private static final NodeId SPARE = NodeId.numbered(4);

  @TempDir private Path folder;

  private static Engine engine() throws IOException {
    try {
      return Engine.find();
    } catch (ContainersUnavailable reason) {
      if ("required".equals(System.getProperty("containers"))) {
        throw reason;
      }
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
  }

  @Test
  void aClusterSurvivesTheDeathOfItsLeader() throws IOException {
    Engine engine = engine();
    Image image =
        new ImageBuild(engine).ensure(RaftImage.NAME, ImageBuild.LOCAL_BASE, RaftImage.classPath());
    try (ContainerCluster cluster =
            ContainerCluster.start(
                engine,
                ContainerOptions.of(folder, 3, image).withSpares(1),
                RaftImage.program("test", List.of("--admin", "any")));
        RaftOverHttp raft = new RaftOverHttp(node -> cluster.own(node, RaftProgram.HTTP_PORT))) {
      List<NodeId> members = cluster.nodes().subList(0, 3);
      NodeId first = raft.leader(members);
      raft.write(members, 1);

      cluster.pull(Lever.KILL, first);
      List<NodeId> rest = members.stream().filter(node -> !node.equals(first)).toList();
      raft.write(rest, 2);
      cluster.pull(Lever.START, first);

      assertThat(raft.read(first)).isEqualTo(RaftOverHttp.found(2));
      cluster.pull(Lever.START, SPARE);
      raft.change(members, cluster.nodes(), List.of());
      assertThat(raft.read(SPARE)).isEqualTo(RaftOverHttp.found(2));
      stopAll(cluster);
    }
  }

  private static void stopAll(ContainerCluster cluster) throws IOException {
    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.STOP, node);
      assertThat(cluster.state(node)).isEqualTo(NodeState.STOPPED);
      assertThat(cluster.log(node).orElseThrow()).content().contains("\"event\":\"stopped\"");
    }
  }
}
