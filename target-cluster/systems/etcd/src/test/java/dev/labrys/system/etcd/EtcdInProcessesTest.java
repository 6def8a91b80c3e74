package dev.labrys.system.etcd;

import static dev.labrys.system.etcd.Servers.action;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Reply;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three real servers of etcd, with proxies between them. Skipped, saying why, where there is none.
@Timeout(600)
final class EtcdInProcessesTest {

  @TempDir private Path folder;
  private ToxiproxyServer server;
  private LinkProxies links;
  private Etcd etcd;
  private ProcessCluster cluster;
  private Servers servers;

  @BeforeEach
  void start() throws IOException {
    etcd = new Etcd(EtcdOptions.parse(InstalledEtcd.require(), List.of()));
    Seed seed = new Seed(1);
    server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream));
    links =
        LinkProxies.at(
            new Address(server.address().getHostString(), server.address().getPort()), "test");
    cluster =
        ProcessCluster.start(
            ProcessOptions.of(folder.resolve("run"), 3, folder.resolve("registry"))
                .withLinks(links),
            etcd);
    servers = new Servers(etcd, cluster);
  }

  @AfterEach
  void end() throws IOException {
    if (server != null) {
      try (ToxiproxyServer _ = server;
          LinkProxies _ = links;
          Etcd _ = etcd) {
        if (cluster != null) {
          cluster.close();
        }
      }
    }
  }

  @Test
  void anIsolatedLeaderIsReplacedAndComesBack() throws IOException {
    NodeId old = servers.leader(cluster.nodes());
    servers.write(old, 1);

    cluster.network(servers.cutOff(old));
    List<NodeId> rest = servers.without(old);
    servers.write(rest.getFirst(), 2);
    servers.leader(rest);
    Reply cutOff = servers.ask(old, action("register", "write", Value.of(3)));
    assertThat(cutOff.outcome()).isNotInstanceOf(Outcome.Ok.class);
    cluster.network(Map.of());

    assertThat(servers.read(old)).isIn(Value.of(2), Value.of(3));
  }

  @Test
  void whatWasAcknowledgedOutlivesTheDeathOfAll() throws IOException {
    NodeId first = cluster.nodes().getFirst();
    servers.write(first, 1);

    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.KILL, node);
    }
    Reply refused = servers.ask(first, action("register", "write", Value.of(2)));
    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.START, node);
    }

    // Its proxy takes the connection, and nobody knows what became of it then.
    assertThat(refused.outcome()).isNotInstanceOf(Outcome.Ok.class);
    assertThat(servers.read(first)).isIn(Value.of(1), Value.of(2));
  }

  @Test
  void leadershipIsHandedOver() throws IOException {
    NodeId next = servers.without(servers.leader(cluster.nodes())).getFirst();

    cluster.transfer(next);

    assertThat(servers.leader(List.of(next))).isEqualTo(next);
  }

  @Test
  void objectsAreAsTheirModelsSay() {
    NodeId node = servers.leader(cluster.nodes());

    assertThat(servers.answer(node, action("cas-register", "read", Value.nil())))
        .isEqualTo(Value.nil());
    Value swap = Value.sequence(Value.of(1), Value.of(2));
    assertThat(servers.ask(node, action("cas-register", "cas", swap)).outcome())
        .isEqualTo(Outcome.ok(Value.of(false)));
    servers.answer(node, action("cas-register", "write", Value.of(1)));
    assertThat(servers.answer(node, action("cas-register", "cas", swap))).isEqualTo(Value.of(true));
    assertThat(servers.answer(node, action("cas-register", "read", Value.nil())))
        .isEqualTo(Value.of(2));

    servers.answer(node, action("queue", "enqueue", Value.of("first")));
    servers.answer(node, action("queue", "enqueue", Value.of(2)));
    assertThat(servers.answer(node, action("queue", "dequeue", Value.nil())))
        .isEqualTo(Value.of("first"));
    assertThat(servers.answer(node, action("queue", "dequeue", Value.nil())))
        .isEqualTo(Value.of(2));
    assertThat(servers.answer(node, action("queue", "dequeue", Value.nil())))
        .isEqualTo(Value.nil());

    servers.answer(node, action("counter", "add", Value.of(5)));
    assertThat(
            servers.answer(
                servers.without(node).getFirst(), action("counter", "read", Value.nil())))
        .isEqualTo(Value.of(5));
  }
}
