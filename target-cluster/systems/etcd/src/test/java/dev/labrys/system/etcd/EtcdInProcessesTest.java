package dev.labrys.system.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Reply;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Way;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three real servers of etcd, with proxies between them. Skipped, saying why, where there is none.
@Timeout(600)
final class EtcdInProcessesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOKS_AFTER = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Value KEY = Value.of("k");

  @TempDir private Path folder;
  private ToxiproxyServer server;
  private LinkProxies links;
  private Etcd etcd;
  private ProcessCluster cluster;

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

  private Client client(NodeId node) {
    return etcd.client(List.of(cluster.address(node, new Party.Clients())), Client.Habit.OWN_NODE);
  }

  private static Action action(String model, String function, Value input) {
    return new Action(model, function, KEY, input);
  }

  private Reply ask(NodeId node, Action action) {
    try (Client client = client(node)) {
      return client.invoke(action, PATIENCE);
    }
  }

  /// The answer as soon as there is one.
  private Value answer(NodeId node, Action action) {
    return found(() ->
        ask(node, action).outcome() instanceof Outcome.Ok(Value value)
            ? Optional.of(value)
            : Optional.empty());
  }

  private void write(NodeId node, int value) {
    answer(node, action("register", "write", Value.of(value)));
  }

  private Value read(NodeId node) {
    return answer(node, action("register", "read", Value.nil()));
  }

  private static <T> T found(Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + LONGEST_WAIT;
    while (System.nanoTime() < deadline) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOKS_AFTER);
    }
    throw new AssertionError("in vain");
  }

  private NodeId leader(List<NodeId> among) {
    return found(() ->
        among.stream()
            .filter(node -> cluster.standing(node).filter(Standing::isLeader).isPresent())
            .findFirst());
  }

  private List<NodeId> without(NodeId node) {
    return cluster.nodes().stream().filter(each -> !each.equals(node)).toList();
  }

  private Map<Way, Passage> cutOff(NodeId node) {
    Map<Way, Passage> cut = new HashMap<>();
    for (NodeId other : without(node)) {
      cut.put(Way.between(node, other), Passage.Shut.HELD);
      cut.put(Way.between(other, node), Passage.Shut.HELD);
    }
    return cut;
  }

  @Test
  void anIsolatedLeaderIsReplacedAndComesBack() throws IOException {
    NodeId old = leader(cluster.nodes());
    write(old, 1);

    cluster.network(cutOff(old));
    List<NodeId> rest = without(old);
    write(rest.getFirst(), 2);
    assertThat(leader(rest)).isNotEqualTo(old);
    Reply cutOff = ask(old, action("register", "write", Value.of(3)));
    assertThat(cutOff.outcome()).isNotInstanceOf(Outcome.Ok.class);
    cluster.network(Map.of());

    assertThat(read(old)).isIn(Value.of(2), Value.of(3));
  }

  @Test
  void whatWasAcknowledgedOutlivesTheDeathOfAll() throws IOException {
    NodeId first = cluster.nodes().getFirst();
    write(first, 1);

    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.KILL, node);
    }
    Reply refused = ask(first, action("register", "write", Value.of(2)));
    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.START, node);
    }

    // Its proxy takes the connection, and nobody knows what became of it then.
    assertThat(refused.outcome()).isNotInstanceOf(Outcome.Ok.class);
    assertThat(read(first)).isIn(Value.of(1), Value.of(2));
  }

  @Test
  void leadershipIsHandedOver() throws IOException {
    NodeId next = without(leader(cluster.nodes())).getFirst();

    cluster.transfer(next);

    assertThat(leader(List.of(next))).isEqualTo(next);
  }

  @Test
  void objectsAreAsTheirModelsSay() {
    NodeId node = leader(cluster.nodes());

    assertThat(answer(node, action("cas-register", "read", Value.nil()))).isEqualTo(Value.nil());
    Value swap = Value.sequence(Value.of(1), Value.of(2));
    assertThat(ask(node, action("cas-register", "cas", swap)).outcome())
        .isEqualTo(Outcome.ok(Value.of(false)));
    answer(node, action("cas-register", "write", Value.of(1)));
    assertThat(answer(node, action("cas-register", "cas", swap))).isEqualTo(Value.of(true));
    assertThat(answer(node, action("cas-register", "read", Value.nil()))).isEqualTo(Value.of(2));

    answer(node, action("queue", "enqueue", Value.of("first")));
    answer(node, action("queue", "enqueue", Value.of(2)));
    assertThat(answer(node, action("queue", "dequeue", Value.nil()))).isEqualTo(Value.of("first"));
    assertThat(answer(node, action("queue", "dequeue", Value.nil()))).isEqualTo(Value.of(2));
    assertThat(answer(node, action("queue", "dequeue", Value.nil()))).isEqualTo(Value.nil());

    answer(node, action("counter", "add", Value.of(5)));
    assertThat(answer(without(node).getFirst(), action("counter", "read", Value.nil())))
        .isEqualTo(Value.of(5));
  }
}
