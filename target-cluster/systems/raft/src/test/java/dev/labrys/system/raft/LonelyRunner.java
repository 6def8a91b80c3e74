package dev.labrys.system.raft;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.process.ProcessCluster;
import java.io.IOException;
import java.nio.file.Path;

/// A runner that starts a cluster, has it store something, pauses a node, and then waits to be
/// killed.
final class LonelyRunner {

  /// What is stored.
  static final int VALUE = 7;

  private LonelyRunner() {}

  public static void main(String... arguments) throws IOException {
    ProcessCluster cluster =
        RaftInProcessesTest.start(RaftInProcessesTest.options(Path.of(arguments[0]), 5));
    try (RaftOverHttp raft = RaftInProcessesTest.over(cluster)) {
      raft.write(cluster.nodes(), VALUE);
    }
    cluster.pull(Lever.PAUSE, NodeId.numbered(2));
    System.out.println("RUNNING");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }
}
