package dev.labrys.cluster.machine;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A runner with a packet filter and, where there can be one, a packet queue, in a JVM of its own,
/// to be killed.
final class LonelyFilter {
  private LonelyFilter() {}

  public static void main(String... arguments) throws IOException {
    KernelLinks links = KernelLinks.begin();
    links.onBridge(Optional.empty());
    if (links.add(Capabilities.none()).has(Capability.DELAY_LINKS)) {
      NodeId n1 = NodeId.numbered(1);
      NodeId n2 = NodeId.numbered(2);
      links.between(new Party.Member(n1), n2, new Address("192.0.2.2", 7), "192.0.2.9");
      links.between(new Party.Member(n2), n1, new Address("192.0.2.1", 7), "192.0.2.9");
      links.set(Map.of(Way.between(n1, n2), new Passage.Late(1, 0)));
    }
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
                "--enable-native-access=ALL-UNNAMED",
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
