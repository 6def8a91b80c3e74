package dev.labrys.system.etcd;

import static dev.labrys.system.etcd.Servers.action;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerLeftovers;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three servers of the etcd of this machine in containers, with proxies between them. Skipped,
/// saying why, where there is no etcd or no engine; without an engine it fails with
/// `-Dcontainers=required`.
@Timeout(600)
final class EtcdInContainersTest {
  @TempDir private Path folder;

  private static Engine engine() throws IOException {
    try {
      Engine.probe();
    } catch (ContainersUnavailable reason) {
      if ("required".equals(System.getProperty("containers"))) {
        throw reason;
      }
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
    return Engine.find();
  }

  @Test
  void aLeaderThatIsKilledOrCutOffIsReplacedAndComesBack() throws IOException {
    Path installed = Path.of(InstalledEtcd.require());
    Engine engine = engine();
    Image image = new ImageBuild(engine).ensure(Etcd.IMAGE, installed);
    String run;
    try (ToxiproxyServer server =
            ToxiproxyServer.start(ToxiproxyOptions.anywhere(new Seed(1)::stream));
        LinkProxies links =
            LinkProxies.at(
                new Address(server.address().getHostString(), server.address().getPort()), "test");
        Etcd etcd = new Etcd(EtcdOptions.parse("etcd", List.of()));
        ContainerCluster cluster =
            ContainerCluster.start(
                engine, ContainerOptions.of(folder, 3, image).withLinks(links), etcd)) {
      run = cluster.run();
      assertThat(new ContainerLeftovers(engine).find(Sweep.ALL)).anyMatch(isOf(run));
      replaceTheKilled(new Servers(etcd, cluster));
      replaceTheMute(new Servers(etcd, cluster));
      replaceTheCutOff(new Servers(etcd, cluster));
    }

    assertThat(new ContainerLeftovers(engine).find(Sweep.ALL)).noneMatch(isOf(run));
  }

  private static Predicate<String> isOf(String run) {
    return name -> name.contains(run);
  }

  private static void replaceTheKilled(Servers servers) throws IOException {
    NodeId old = servers.leader(servers.cluster().nodes());
    servers.write(old, 1);

    servers.cluster().pull(Lever.KILL, old);
    List<NodeId> rest = servers.without(old);
    servers.write(rest.getFirst(), 2);

    servers.leader(rest);
    servers.cluster().pull(Lever.START, old);
    assertThat(servers.read(old)).isEqualTo(Value.of(2));
  }

  /// It hears the others, and none of them hears it.
  private static void replaceTheMute(Servers servers) throws IOException {
    NodeId old = servers.leader(servers.cluster().nodes());
    Map<Way, Passage> cut = new HashMap<>();
    servers.without(old).forEach(other -> cut.put(Way.between(old, other), Passage.Shut.HELD));

    servers.cluster().network(cut);
    NodeId next = servers.leader(servers.without(old));
    servers.cluster().network(Map.of());

    servers.write(next, 3);
    assertThat(servers.read(old)).isIn(Value.of(2), Value.of(3));
  }

  private static void replaceTheCutOff(Servers servers) throws IOException {
    NodeId old = servers.leader(servers.cluster().nodes());

    servers.cluster().network(servers.cutOff(old));
    List<NodeId> rest = servers.without(old);
    servers.write(rest.getFirst(), 4);

    servers.leader(rest);
    assertThat(servers.ask(old, action("register", "write", Value.of(5))).outcome())
        .isNotInstanceOf(Outcome.Ok.class);
    servers.cluster().network(Map.of());
    assertThat(servers.read(old)).isIn(Value.of(4), Value.of(5));
  }
}
