package dev.labrys.repro;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import dev.labrys.history.Seed;
import dev.labrys.system.raft.RaftProgram;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Opens theatres on processes of this machine: no root, no containers.
public final class ProcessTheatre {
  private static final String RUN = "stall";

  private ProcessTheatre() {}

  /// So many of our own nodes, each link with a proxy of its own.
  ///
  /// @param folder of the run
  /// @param registry as [ProcessOptions] has it
  /// @param raft options of the Raft, each `key=value`
  public static Theatre open(Path folder, Path registry, int nodes, List<String> raft)
      throws IOException {
    Seed seed = new Seed(1);
    ToxiproxyServer proxies = ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream));
    try {
      InetSocketAddress api = proxies.address();
      ProcessCluster cluster =
          ProcessCluster.start(
              ProcessOptions.of(folder, nodes, registry)
                  .withLinks(LinkProxies.at(new Address(api.getHostString(), api.getPort()), RUN)),
              program(raft));
      return new RealTheatre(cluster, node -> cluster.own(node, RaftProgram.HTTP_PORT), proxies);
    } catch (IOException | RuntimeException failed) {
      proxies.close();
      throw failed;
    }
  }

  private static RaftProgram program(List<String> raft) {
    List<String> options = new ArrayList<>();
    for (String each : raft) {
      options.add("--raft-option");
      options.add(each);
    }
    options.add("--request-timeout");
    options.add(TimeUnit.MINUTES.toSeconds(1) + "s");
    return RaftProgram.ofThisJvm(RUN, options);
  }
}
