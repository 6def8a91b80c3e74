package dev.labrys.cluster.container;

import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import java.io.IOException;
import java.nio.file.Path;

/// A runner that starts a cluster, and then waits to be killed or to be told to end.
final class LonelyRunner {

  private LonelyRunner() {}

  public static void main(String... arguments) throws IOException {
    Engine engine = Engine.find();
    ContainerCluster cluster =
        ContainerCluster.start(
            engine,
            ContainerOptions.of(Path.of(arguments[0]), 1, TestImage.ensure(engine)),
            Inhabitant.of(
                Notebook.class, "-Xmx64m", new Readiness.Http(Program.CLIENT_PORT, "/starts")));
    System.out.println("RUNNING " + cluster.run());
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }
}
