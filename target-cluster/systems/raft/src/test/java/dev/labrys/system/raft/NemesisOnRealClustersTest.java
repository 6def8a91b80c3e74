package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Fault;
import dev.labrys.nemesis.Incident;
import dev.labrys.nemesis.Plan;
import dev.labrys.nemesis.Schedule;
import dev.labrys.toxiproxy.ToxiproxyServer;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The nemesis against three of our own servers as processes and in containers, with proxies
/// between them. `-Dnemesis.rounds=N` for more rounds of random faults.
@ParameterizedClass
@EnumSource(RealCluster.Deployment.class)
@Timeout(3600)
final class NemesisOnRealClustersTest {
  private static final int ROUNDS = Integer.getInteger("nemesis.rounds", 3);
  private static final long MILLI = 1_000_000;
  private static final Seed SEED = new Seed(20_261);

  private static final List<String> FAULTS =
      List.of(
          "isolate:target=leader,direction=both",
          "isolate:target=one,direction=inbound",
          "isolate:target=leader,direction=outbound",
          "split:layout=halves",
          "split:layout=bridge",
          "split:layout=majorities-ring",
          "cut-clients:target=leader",
          "kill:target=one",
          "kill:target=majority",
          "kill:target=all",
          "stop:target=leader",
          "pause:target=leader",
          "stall-timers:target=leader",
          "timer-drift:target=minority,rate=-20%",
          "transfer:target=one",
          "remove:target=one",
          "pause:target=minority",
          "latency:target=all,delay=30ms,jitter=30ms",
          "unreliable:target=all,drop=10%,duplicate=5%,reorder=20%,delay=0s..26ms",
          "latency:target=leader,delay=600ms,jitter=0s");

  private final RealCluster.Deployment deployment;
  @TempDir private Path folder;
  private ToxiproxyServer proxies;
  private RealCluster three;
  private Cluster cluster;
  private RaftOverHttp raft;
  private List<NodeId> nodes;

  NemesisOnRealClustersTest(RealCluster.Deployment deployment) {
    this.deployment = deployment;
  }

  @BeforeEach
  void start() throws IOException {
    if (deployment == RealCluster.Deployment.CONTAINERS) {
      RaftContainers.engine();
    }
    proxies = Ordeal.proxies();
    three = RealCluster.start(deployment, folder, Ordeal.links(proxies), Set.of());
    cluster = three.cluster();
    raft = three.raft();
    nodes = three.members();
  }

  @AfterEach
  void end() throws IOException {
    if (three == null) {
      return;
    }
    three.close();
    try {
      ToxiproxyClient client =
          new ToxiproxyClient(proxies.address().getHostString(), proxies.address().getPort());
      assertThat(client.getProxies()).isEmpty();
    } finally {
      proxies.close();
    }
  }

  @Test
  void aLeaderWhoIsCutOffIsReplacedAndFollowsAfterwards() throws IOException {
    raft.write(nodes, 1);
    NodeId old = raft.leader(nodes);
    List<NodeId> rest = nodes.stream().filter(node -> !node.equals(old)).toList();
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. isolate:target=leader,direction=both");
      ordeal.await(Incident.Phase.IN_FORCE, 1);
      assertThat(ordeal.firstFault()).isEqualTo("isolate:target=" + old + ",direction=both");

      raft.write(rest, 2);
      NodeId next = raft.leader(rest);
      long behind = raft.committed(old);
      assertThat(raft.committed(next)).isGreaterThan(behind);

      ordeal.heal();
      assertThat(raft.read(old)).isEqualTo(RaftOverHttp.found(2));
    }
  }

  @Test
  void aPausedLeaderSaysNothingAndThenGoesOn() throws IOException {
    raft.write(nodes, 1);
    NodeId old = raft.leader(nodes);
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. pause:target=leader");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      assertThat(cluster.standing(old)).isEmpty();
      raft.write(nodes.stream().filter(node -> !node.equals(old)).toList(), 2);
      ordeal.heal();

      assertThat(raft.read(old)).isEqualTo(RaftOverHttp.found(2));
    }
  }

  @Test
  void aLeaderWhoseTimersStallIsReplacedThoughItAnswers() throws IOException {
    raft.write(nodes, 1);
    NodeId old = raft.leader(nodes);
    long term = cluster.standing(old).orElseThrow().term();
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. stall-timers:target=leader");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      RaftOverHttp.until(
          "it knows of another term",
          () -> cluster.standing(old).filter(now -> now.term() > term).isPresent());
      ordeal.heal();
      raft.write(nodes, 2);
    }
  }

  @Test
  void timersGoAsFastAsTheyShould() throws IOException {
    NodeId n2 = nodes.get(1);
    assertThatTimersGo(n2, 1);
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. timer-drift:target=n2,rate=-50%", "0s..500ms kill:target=n2");
      ordeal.await(Incident.Phase.HEALED, 1);

      assertThatTimersGo(n2, 0.5);
      assertThatTimersGo(nodes.getLast(), 1);
      ordeal.heal();
    }
    assertThatTimersGo(n2, 1);
  }

  /// By two looks at its clock, so far apart that it does not matter how long they took.
  private void assertThatTimersGo(NodeId node, double rate) {
    ClockLook first = ClockLook.at(raft, node);
    ClockLook last =
        RaftOverHttp.found(
            "a look much later",
            () ->
                Optional.of(ClockLook.at(raft, node))
                    .filter(look -> look.leastSince(first) > 0.9 * look.mostSince(first)));

    assertThat((double) last.shown() - first.shown())
        .isBetween(rate * last.leastSince(first) - 1e6, rate * last.mostSince(first) + 1e6);
  }

  /// What the timers of a node go by, as it was seen between two moments.
  private record ClockLook(long before, long shown, long after) {
    private static final Pattern TIMER = Pattern.compile("\"timer-nanos\":(-?\\d+)");

    static ClockLook at(RaftOverHttp raft, NodeId node) {
      return RaftOverHttp.found(
          "the status of " + node,
          () -> {
            long before = System.nanoTime();
            Matcher shown = TIMER.matcher(raft.status(node));
            long after = System.nanoTime();
            return shown.find()
                ? Optional.of(new ClockLook(before, Long.parseLong(shown.group(1)), after))
                : Optional.empty();
          });
    }

    long leastSince(ClockLook other) {
      return before - other.after;
    }

    long mostSince(ClockLook other) {
      return after - other.before;
    }
  }

  /// Greetings and pings pass, so its connections are as they were.
  @Test
  void aLeaderWhoseMessagesAreLostIsReplaced() throws IOException {
    raft.write(nodes, 1);
    NodeId old = raft.leader(nodes);
    long term = cluster.standing(old).orElseThrow().term();
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. unreliable:target=leader,drop=100%,duplicate=0%,reorder=0%,delay=0s..0s");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      RaftOverHttp.until(
          "it hears of another term",
          () -> cluster.standing(old).filter(now -> now.term() > term).isPresent());
      ordeal.heal();
      raft.write(nodes, 2);
    }
  }

  @Test
  void whoIsRemovedIsNoMemberUntilThatIsHealed() throws IOException {
    raft.write(nodes, 1);
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. remove:target=leader");
      ordeal.await(Incident.Phase.IN_FORCE, 1);
      NodeId removed = ordeal.hitFirst();
      List<NodeId> rest = nodes.stream().filter(node -> !node.equals(removed)).toList();

      raft.write(rest, 2);
      RaftOverHttp.until(
          "the rest is the cluster", () -> raft.voters(raft.leader(rest)).equals(rest));
      ordeal.heal();

      RaftOverHttp.until(
          "all are the cluster", () -> raft.voters(raft.leader(nodes)).equals(nodes));
      assertThat(raft.read(removed)).isEqualTo(RaftOverHttp.found(2));
    }
  }

  @Test
  void leadershipGoesToWhomItIsHandedOver() throws IOException {
    raft.write(nodes, 1);
    NodeId old = raft.leader(nodes);
    NodeId next = nodes.stream().filter(node -> !node.equals(old)).findFirst().orElseThrow();
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play(
          Plan.parse(
              """
              plan:
                # Again and again, as a cluster may refuse; once it leads there is nothing to do.
                - {fault: "transfer:target=%s", repeat: 1000, calm: 500ms}
              """
                  .formatted(next)),
          () -> 0);

      RaftOverHttp.until(next + " leads", () -> raft.leader(nodes).equals(next));
      ordeal.await(Incident.Phase.IN_FORCE, 1);
      ordeal.heal();
    }
  }

  /// A command takes a message to a follower and one back: one of the two is late.
  @Test
  void latencyIsAddedToWhatACommandTakes() throws IOException {
    raft.write(nodes, 1);
    try (Ordeal ordeal = new Ordeal(cluster, nodes, SEED)) {
      ordeal.play("0s.. latency:target=followers,delay=40ms,jitter=0s");
      ordeal.await(Incident.Phase.IN_FORCE, 1);
      NodeId leader = raft.leader(nodes);

      long start = System.nanoTime();
      raft.write(List.of(leader), 2);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40 * MILLI);
      ordeal.heal();
    }
  }

  @Test
  void randomFaultsAreHealedAndTheClusterServes() throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      Seed seed = new Seed(SEED.number() + round);
      Schedule.Rhythm rhythm =
          new Schedule.Rhythm(
              new Schedule.Range(MILLI, 400 * MILLI),
              new Schedule.Range(MILLI, 1_500 * MILLI),
              3_000 * MILLI);
      List<Fault> faults = FAULTS.stream().map(Fault::parse).toList();
      Schedule schedule =
          Schedule.draw(faults, rhythm, seed.stream("one"))
              .and(Schedule.draw(faults, rhythm, seed.stream("other")));
      try (Ordeal ordeal = new Ordeal(cluster, nodes, seed)) {
        ordeal.play(schedule);
        RaftOverHttp.until("it is over", () -> ordeal.nowNanos() > 2_500 * MILLI);
        ordeal.heal();
      }
      raft.write(nodes, round);
      for (NodeId node : nodes) {
        assertThat(raft.read(node)).isEqualTo(RaftOverHttp.found(round));
      }
    }
  }
}
