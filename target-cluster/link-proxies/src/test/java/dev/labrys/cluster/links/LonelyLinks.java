package dev.labrys.cluster.links;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import java.io.IOException;
import java.nio.file.Path;

/// A runner with a link at a Toxiproxy server, in a JVM of its own, to be killed.
final class LonelyLinks {
  private LonelyLinks() {}

  /// Makes a link, and waits.
  ///
  /// @param arguments host and port of the server's API
  public static void main(String... arguments) throws IOException {
    LinkProxies links =
        LinkProxies.shared(new Address(arguments[0], Integer.parseInt(arguments[1])));
    links.between(
        new Party.Clients(), NodeId.numbered(1), new Address("127.0.0.1", 9), "127.0.0.1");
    System.out.println("RUNNING");
    System.out.flush();
    if (System.in.read() >= 0) {
      throw new IOException("nobody was to say anything");
    }
  }

  /// Starts one, and returns when its link is there.
  static Process start(Address api) throws IOException {
    Process runner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LonelyLinks.class.getName(),
                api.host(),
                Integer.toString(api.port()))
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
