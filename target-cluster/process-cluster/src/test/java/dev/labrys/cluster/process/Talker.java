package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Starts a [TalkingNode], and asks it.
record Talker() implements Program {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /// Whether a byte that `from` sends to `to` comes back.
  static boolean hears(ProcessCluster cluster, NodeId from, NodeId to) throws IOException {
    Address client = cluster.address(from, new Party.Clients());
    Address peer = cluster.address(to, new Party.Member(from));
    try (Socket socket = new Socket(client.host(), client.port())) {
      socket
          .getOutputStream()
          .write("%s %d".formatted(peer.host(), peer.port()).getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.equals("heard");
    }
  }

  /// On the same connection as before: TCP tries again by and by.
  static void awaitHeard(ProcessCluster cluster, NodeId from, NodeId to) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!hears(cluster, from, to)) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
    }
  }

  @Override
  public String name() {
    return "talker";
  }

  @Override
  public List<String> ports() {
    return List.of(PEER_PORT, CLIENT_PORT);
  }

  @Override
  public Launch launch(Site site) {
    Address client = site.listen(CLIENT_PORT);
    return new Launch(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TalkingNode.class.getName(),
            client.host(),
            Integer.toString(client.port()),
            Integer.toString(site.listen(PEER_PORT).port())),
        new TreeMap<>(),
        new Readiness.Line("READY"));
  }
}
