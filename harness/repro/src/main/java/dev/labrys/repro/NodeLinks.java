package dev.labrys.repro;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// What stands between the nodes of a theatre: a Toxiproxy of its own.
///
/// @param server ended after the links, which a cluster closes
record NodeLinks(ToxiproxyServer server, Links links) implements AutoCloseable {

  /// Nodes of another cluster are refused.
  static final String CLUSTER = "stall";

  /// @param run a name that no other theatre has
  static NodeLinks open(String run) throws IOException {
    Seed seed = new Seed(1);
    ToxiproxyServer server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream));
    try {
      InetSocketAddress api = server.address();
      String letters = run.replaceAll("[^A-Za-z0-9]", "");
      return new NodeLinks(
          server, LinkProxies.at(new Address(api.getHostString(), api.getPort()), letters));
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /// Options of a node whose Raft is to behave as `raft` says, and whose clients may wait.
  static List<String> options(List<String> raft) {
    List<String> options = new ArrayList<>(List.of("--request-timeout", "60s"));
    for (String each : raft) {
      options.add("--raft-option");
      options.add(each);
    }
    return options;
  }

  @Override
  public void close() {
    server.close();
  }
}
