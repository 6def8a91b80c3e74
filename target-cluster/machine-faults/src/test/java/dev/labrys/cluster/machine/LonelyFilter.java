package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A runner with a packet filter, in a JVM of its own, to be killed.
final class LonelyFilter {
  private LonelyFilter() {}

  public static void main(String... arguments) throws IOException {
    KernelLinks.begin().onBridge(List.of());
    System.out.println("RUNNING");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }

  /// Starts one, and returns when its filter is there.
  static Process start() throws IOException {
    Process runner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LonelyFilter.class.getName())
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
