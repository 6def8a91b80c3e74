package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.HttpProbe;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One cluster for all tests, of which each has a node of its own to be rough with.
@Containers
@Timeout(120)
final class ContainerClusterTest {
  private static final NodeId KILLED = NodeId.numbered(1);
  private static final NodeId PAUSED = NodeId.numbered(2);
  private static final NodeId ASKED_TO_STOP = NodeId.numbered(3);
  private static final NodeId SPARE = NodeId.numbered(4);
  private static final Party CLIENT = new Party.Clients();

  @TempDir private static Path folder;
  private static ContainerCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Engine engine = Engine.find();
    cluster =
        ContainerCluster.start(
            engine,
            ContainerOptions.of(folder, 3, TestImage.ensure(engine))
                .withSpares(1)
                .withLimits(new Limits(1, 256 << 20)),
            Inhabitant.NOTEBOOK);
  }

  @AfterAll
  static void nothingIsLeftBehind() throws IOException {
    Engine engine = Engine.find();
    assertThat(Traces.of(engine, cluster.run())).hasSizeGreaterThan(8);
    cluster.pull(Lever.PAUSE, KILLED);

    cluster.close();
    cluster.close();

    assertThat(Traces.of(engine, cluster.run())).isEmpty();
  }

  private static String ask(NodeId node, String path) throws IOException {
    return Http.get(cluster.address(node, CLIENT), path);
  }

  @Test
  void addressesAreDifferent() {
    assertThat(
            cluster.nodes().stream()
                .flatMap(node ->
                    Stream.of(cluster.address(node, CLIENT), cluster.own(node, Program.PEER_PORT))))
        .doesNotHaveDuplicates()
        .hasSize(8);
  }

  @Test
  void aKilledNodeKeepsItsDataAndItsAddresses() throws IOException {
    Address client = cluster.address(KILLED, CLIENT);
    Address peer = cluster.address(KILLED, new Party.Member(ASKED_TO_STOP));
    assertThat(Http.get(client, "/starts")).isEqualTo("1");

    cluster.pull(Lever.KILL, KILLED);
    assertThat(cluster.state(KILLED)).isEqualTo(NodeState.STOPPED);
    cluster.pull(Lever.KILL, KILLED);
    cluster.pull(Lever.START, KILLED);
    cluster.pull(Lever.START, KILLED);

    assertThat(cluster.state(KILLED)).isEqualTo(NodeState.RUNNING);
    assertThat(cluster.address(KILLED, CLIENT)).isEqualTo(client);
    assertThat(Http.get(client, "/starts")).isEqualTo("2");
    assertThat(ask(KILLED, "/ask/" + peer)).isEqualTo("2");
    assertThat(cluster.data(KILLED).stream())
        .allSatisfy(data -> assertThat(data.resolve("starts")).hasContent("started\nstarted"));
    assertThat(cluster.log(KILLED).orElseThrow())
        .content()
        .containsSubsequence("READY", "READY")
        .contains("this is on standard error")
        .doesNotContain("BYE");
  }

  @Test
  void aPausedNodeDoesNothing() throws IOException {
    HttpProbe probe = new HttpProbe(Duration.ofSeconds(1));
    Address address = cluster.address(PAUSED, CLIENT);

    cluster.pull(Lever.PAUSE, PAUSED);
    cluster.pull(Lever.PAUSE, PAUSED);
    assertThat(cluster.state(PAUSED)).isEqualTo(NodeState.PAUSED);
    assertThat(probe.succeeds(address, "/starts")).isFalse();
    cluster.pull(Lever.START, PAUSED);
    assertThat(cluster.state(PAUSED)).isEqualTo(NodeState.PAUSED);
    cluster.pull(Lever.RESUME, PAUSED);
    cluster.pull(Lever.RESUME, PAUSED);

    assertThat(cluster.state(PAUSED)).isEqualTo(NodeState.RUNNING);
    assertThat(Http.get(address, "/starts")).isEqualTo("1");
    cluster.pull(Lever.PAUSE, PAUSED);
    cluster.pull(Lever.KILL, PAUSED);
    assertThat(cluster.state(PAUSED)).isEqualTo(NodeState.STOPPED);
  }

  @Test
  void aNodeThatIsAskedToStopEndsByItself() throws IOException {
    cluster.pull(Lever.PAUSE, ASKED_TO_STOP);
    cluster.pull(Lever.STOP, ASKED_TO_STOP);

    assertThat(cluster.state(ASKED_TO_STOP)).isEqualTo(NodeState.STOPPED);
    assertThat(cluster.log(ASKED_TO_STOP).orElseThrow()).content().endsWith("BYE\n");
    cluster.pull(Lever.STOP, ASKED_TO_STOP);
    cluster.pull(Lever.PAUSE, ASKED_TO_STOP);
    assertThat(cluster.state(ASKED_TO_STOP)).isEqualTo(NodeState.STOPPED);
  }

  @Test
  void aSpareIsStartedWhenItIsWanted() throws IOException {
    assertThat(cluster.nodes()).hasSize(4);
    assertThat(cluster.state(SPARE)).isEqualTo(NodeState.STOPPED);
    cluster.pull(Lever.KILL, SPARE);

    cluster.pull(Lever.START, SPARE);

    assertThat(ask(SPARE, "/starts")).isEqualTo("1");
    assertThat(ask(SPARE, "/processors")).isEqualTo("1");
  }

  @Test
  void whatIsMissingIsRefusedWithTheReason() {
    assertThat(cluster.capabilities().has(Capability.PAUSE)).isTrue();
    assertThat(cluster.capabilities().reasonAgainst(Capability.SHIFT_CLOCK)).isPresent();
    assertThatThrownBy(() -> cluster.state(NodeId.numbered(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n9");
    assertThatThrownBy(() -> cluster.own(KILLED, "admin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(List.of("peer", "client").toString());
  }
}
