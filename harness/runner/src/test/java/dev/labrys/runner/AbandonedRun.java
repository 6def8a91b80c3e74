package dev.labrys.runner;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// A run that starts two nodes and is then killed, to see what becomes of them.
final class AbandonedRun {

  private AbandonedRun() {}

  /// Folder of the run, and registry.
  public static void main(String... arguments) throws IOException {
    ProcessCluster.start(
        ProcessOptions.of(Path.of(arguments[0]), 2, Path.of(arguments[1])), new Sleeper());
    System.out.println("RUNNING");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }

  /// Starts one as a process of its own, and returns when its nodes serve.
  static Process start(Path folder, Path registry) throws IOException {
    Process run =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedRun.class.getName(),
                folder.toString(),
                registry.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = run.inputReader().readLine();
    if (!"RUNNING".equals(said)) {
      run.destroyForcibly();
      throw new IOException("a run does not run: " + said);
    }
    return run;
  }

  /// Says READY and then does nothing for long.
  private record Sleeper() implements Program {
    @Override
    public String name() {
      return "sleeper";
    }

    @Override
    public List<String> ports() {
      return List.of(PEER_PORT, CLIENT_PORT);
    }

    @Override
    public Launch launch(Site site) {
      return new Launch(
          List.of("/bin/sh", "-c", "echo READY; exec sleep 1000"),
          new TreeMap<>(),
          new Readiness.Line("READY"));
    }
  }
}
