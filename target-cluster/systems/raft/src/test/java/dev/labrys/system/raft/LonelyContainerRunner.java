package dev.labrys.system.raft;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.Engine;
import java.io.IOException;
import java.nio.file.Path;

/// A runner that starts a cluster of containers, pauses a node, says which run it is, and then
/// waits to be killed.
final class LonelyContainerRunner {

  private LonelyContainerRunner() {}

  public static void main(String... arguments) throws IOException {
    ContainerCluster cluster = RaftContainers.start(Engine.find(), Path.of(arguments[0]));
    cluster.pull(Lever.PAUSE, NodeId.numbered(2));
    System.out.println(cluster.run());
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }

  /// Starts one as a process of its own.
  static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LonelyContainerRunner.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
