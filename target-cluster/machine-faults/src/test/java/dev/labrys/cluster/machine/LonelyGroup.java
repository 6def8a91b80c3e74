package dev.labrys.cluster.machine;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// A runner with a process in a control group, in a JVM of its own, to be killed.
final class LonelyGroup {
  private LonelyGroup() {}

  public static void main(String... arguments) throws IOException {
    ControlGroups groups = new ControlGroups(ControlGroups.Use.ONE_FOR_EACH);
    Launch launch =
        new Launch(
            List.of("/bin/sh", "-c", "echo RUNNING; while :; do read nothing || sleep 1; done"),
            new TreeMap<>(),
            new Readiness.Line(""));
    new ProcessBuilder(groups.prepare(NodeId.numbered(1), launch).command())
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }

  /// Starts one, and returns when its process runs in its group.
  static Process start() throws IOException {
    Process runner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LonelyGroup.class.getName())
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
