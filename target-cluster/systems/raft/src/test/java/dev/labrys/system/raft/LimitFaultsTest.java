package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.machine.Provision;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Real servers that are short of what the machine has. What is not possible here is skipped,
/// saying why.
@ParameterizedClass
@EnumSource(RealCluster.Deployment.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class LimitFaultsTest {
  private static final Seed SEED = new Seed(20_267);
  private static final int LETTERS = 500_000;

  @Parameter private RealCluster.Deployment deployment = RealCluster.Deployment.PROCESSES;

  @TempDir private static Path folder;
  private final List<Socket> newcomers = new ArrayList<>();
  private @Nullable RealCluster started;
  private List<NodeId> nodes = List.of();
  private NodeId first = NodeId.numbered(1);

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    RealCluster three =
        RealCluster.start(
            deployment,
            folder.resolve(deployment.name()),
            Links.direct(),
            Set.of(Provision.LIMITS),
            List.of());
    nodes = three.members();
    started = three;
    first = nodes.getFirst();
    three.raft().write(nodes, 1);
  }

  @AfterParameterizedClassInvocation
  void end() throws IOException {
    for (Socket each : newcomers) {
      each.close();
    }
    if (started != null) {
      started.close();
    }
  }

  private RealCluster three() {
    return Objects.requireNonNull(started);
  }

  private void assertThatAllHave(int value) {
    three().raft().write(nodes, value);
    for (NodeId each : nodes) {
      assertThat(three().raft().read(each)).isEqualTo(RaftOverHttp.found(value));
    }
  }

  private ServerProcess server() {
    return ServerProcess.find(three().raft().address(first));
  }

  @Test
  void aNodeWithLittleTimeOfAProcessorIsThrottledUntilItIsHealed() throws IOException {
    three().assume(Capability.LIMIT_CPU);
    ServerProcess server = server();
    try (Ordeal ordeal = new Ordeal(three().cluster(), nodes, SEED)) {
      long before = server.throttled();
      ordeal.play("0s.. cpu-limit:target=n1,share=5%");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      RaftOverHttp.until(
          "n1 is throttled",
          () -> {
            three().raft().status(first);
            return server.throttled() > before + 5;
          });
      ordeal.heal();
      long healed = server.throttled();
      assertThatAllHave(2);
      assertThat(server.throttled()).isEqualTo(healed);
    }
  }

  @Test
  void aNodeThatTakesMoreMemoryThanItIsLeftIsEndedAndComesBack() throws IOException {
    three().assume(Capability.LIMIT_MEMORY);
    try (Ordeal ordeal = new Ordeal(three().cluster(), nodes, SEED)) {
      ordeal.play("0s.. memory-limit:target=n1,room=0B");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      for (int key = 0; three().cluster().state(first) == NodeState.RUNNING; key++) {
        three()
            .raft()
            .command(
                nodes,
                "{\"f\":\"write\",\"key\":%d,\"value\":\"%s\"}"
                    .formatted(key, "x".repeat(LETTERS)));
      }
      ordeal.heal();
      assertThat(ordeal.details(Incident.Phase.HEALED))
          .containsExactly("the kernel ended n1, which wanted more memory than it was left");
      assertThatAllHave(3);
    }
  }

  @Test
  void aNodeThatMakesDoWithItsMemoryIsNotEndedEvenWhenItIsHealed() throws IOException {
    three().assume(Capability.LIMIT_MEMORY);
    ServerProcess server = server();
    try (Ordeal ordeal = new Ordeal(three().cluster(), nodes, SEED)) {
      ordeal.play("0s.. memory-limit:target=n1,room=256MiB");
      ordeal.await(Incident.Phase.IN_FORCE, 1);
      assertThatAllHave(6);
      ordeal.heal();
      assertThat(server()).isEqualTo(server);
    }
  }

  /// It may also have to open a file, and end.
  @Test
  void aNodeWithoutDescriptorsLetsNobodyInUntilItIsHealed() throws IOException {
    three().assume(Capability.LIMIT_DESCRIPTORS);
    String usual = server().mostFiles();
    try (Ordeal ordeal = new Ordeal(three().cluster(), nodes, SEED)) {
      ordeal.play("0s.. no-descriptors:target=n1");
      ordeal.await(Incident.Phase.IN_FORCE, 1);

      // What was being closed makes room for as many.
      RaftOverHttp.until(
          "n1 says so",
          () -> {
            knock();
            return log().contains("accept-failed") || log().contains("storage-failed");
          });
      assertThat(log()).contains("Too many open files");
      ordeal.heal();
      assertThat(knock().orElseThrow().getInputStream().read()).isEqualTo('H');
      assertThat(server().mostFiles()).isEqualTo(usual);
      assertThatAllHave(4);
    }
  }

  /// Asks the first node something on a new connection, unless it has ended.
  private Optional<Socket> knock() {
    Address http = three().raft().address(first);
    try {
      Socket newcomer = new Socket(http.host(), http.port());
      newcomers.add(newcomer);
      newcomer
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return Optional.of(newcomer);
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  private String log() {
    try {
      return Files.readString(three().cluster().log(first).orElseThrow());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Limits come and go with other faults, and a node that starts is not held back.
  @Test
  void limitsOverlapWithOtherFaults() throws IOException {
    three().assume(Capability.LIMIT_CPU);
    try (Ordeal ordeal = new Ordeal(three().cluster(), nodes, SEED)) {
      ordeal.play(
          "0s.. cpu-limit:target=all,share=10%",
          "0s..1s no-descriptors:target=n1",
          "200ms..800ms stall-timers:target=n1",
          "300ms..700ms pause:target=n2",
          "400ms..600ms kill:target=n3",
          "500ms.. memory-limit:target=n2,room=64MiB");
      ordeal.await(Incident.Phase.HEALED, 4);
      ordeal.heal();
    }
    assertThatAllHave(5);
  }
}
