package dev.labrys.cluster.process;

import java.io.IOException;
import java.nio.file.Path;

/// A runner that starts a cluster and then waits to be killed.
final class LonelyRunner {

  private LonelyRunner() {}

  /// Folder of the run, registry, network of the cluster, and script of its nodes.
  public static void main(String... arguments) throws IOException {
    ProcessCluster.start(
        ProcessOptions.of(Path.of(arguments[0]), 2, Path.of(arguments[1]))
            .in(ProcessOptions.Network.valueOf(arguments[2])),
        new Sleeper(arguments[3]));
    System.out.println("RUNNING");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }

  /// Starts one as a process of its own, and returns when its nodes serve.
  static Process start(Path folder, Path registry, ProcessOptions.Network network)
      throws IOException {
    return start(folder, registry, network, Sleeper.GOOD);
  }

  /// Starts one whose nodes run another script.
  static Process start(Path folder, Path registry, ProcessOptions.Network network, Sleeper program)
      throws IOException {
    Process runner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LonelyRunner.class.getName(),
                folder.toString(),
                registry.toString(),
                network.name(),
                program.script())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = runner.inputReader().readLine();
    if (!"RUNNING".equals(said)) {
      runner.destroyForcibly();
      throw new IOException("a runner does not run: " + said);
    }
    return runner;
  }
}
