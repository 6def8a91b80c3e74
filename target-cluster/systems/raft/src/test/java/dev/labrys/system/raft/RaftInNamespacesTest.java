package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our own server in network namespaces. Skipped, saying why, where nobody may make any.
@Timeout(300)
final class RaftInNamespacesTest {
  @TempDir private Path folder;

  private ProcessCluster start() throws IOException {
    ProcessOptions options =
        ProcessOptions.of(folder.resolve("run"), 3, folder.resolve("registry"))
            .in(ProcessOptions.Network.NAMESPACES);
    try {
      return ProcessCluster.start(options, RaftProgram.ofThisJvm("test", List.of()));
    } catch (UnsupportedOperationException reason) {
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
  }

  @Test
  void serversHearEachOtherAndTheirClients() throws IOException {
    try (ProcessCluster cluster = start();
        RaftOverHttp raft = new RaftOverHttp(node -> cluster.own(node, RaftProgram.HTTP_PORT))) {
      List<NodeId> all = cluster.nodes();
      raft.write(all, 1);
      NodeId first = raft.leader(all);
      cluster.pull(Lever.KILL, first);
      raft.write(all, 2);
      cluster.pull(Lever.START, first);

      assertThat(raft.read(first)).isEqualTo(RaftOverHttp.found(2));
    }
  }
}
