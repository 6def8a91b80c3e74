package dev.labrys.cluster.process;

import java.io.IOException;
import java.nio.file.Path;

/// A runner that starts a cluster and then waits to be killed.
final class LonelyRunner {

  private LonelyRunner() {}

  public static void main(String... arguments) throws IOException {
    ProcessCluster.start(
        ProcessOptions.of(Path.of(arguments[0]), 2, Path.of(arguments[1])), Sleeper.GOOD);
    System.out.println("RUNNING");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }
}
