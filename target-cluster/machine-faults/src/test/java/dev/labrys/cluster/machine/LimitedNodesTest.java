package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import dev.labrys.cluster.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Limits of a node one of whose processes ends when it has just been looked up.
@Timeout(60)
final class LimitedNodesTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeLimits NO_DESCRIPTORS =
      new NodeLimits(NodeLimits.UNLIMITED, NodeLimits.UNLIMITED, NodeLimits.Descriptors.NO_MORE);

  private Process lasting;
  private ProcessHandle ended;

  @BeforeEach
  void start() throws IOException {
    DescriptorLimit.complaint().ifPresent(Assumptions::abort);
    Process brief = new ProcessBuilder("/bin/sh", "-c", "exit").start();
    ended = brief.toHandle();
    brief.onExit().join();
    lasting = new ProcessBuilder("/bin/sh", "-c", "echo ready; read nothing").start();
    // Before that, it may not have opened its libraries.
    assertThat(lasting.inputReader().readLine()).isEqualTo("ready");
  }

  @AfterEach
  void end() {
    if (lasting != null) {
      lasting.destroyForcibly().onExit().join();
    }
  }

  /// A node that has both processes in the first `looks`, and then one.
  private record Node(ProcessHandle lasting, ProcessHandle ended, AtomicInteger looks)
      implements RunningNodes {

    @Override
    public List<ProcessHandle> processes(NodeId node) {
      return looks.getAndDecrement() > 0 ? List.of(ended, lasting) : List.of(lasting);
    }

    @Override
    public NodeState state(NodeId node) {
      return NodeState.RUNNING;
    }

    @Override
    public Address address(NodeId node, String port) {
      throw new UnsupportedOperationException("nobody asks " + node);
    }

    @Override
    public Path data(NodeId node) {
      throw new UnsupportedOperationException("nobody looks into " + node);
    }
  }

  private LimitedNodes limits(AtomicInteger looks) {
    return new LimitedNodes(
        new Node(lasting.toHandle(), ended, looks), new ControlGroups(ControlGroups.Use.NONE));
  }

  private String limit() throws IOException {
    return DescriptorLimit.of(lasting.pid());
  }

  @Test
  void aProcessThatEndsIsNoFailure() throws IOException {
    String usual = limit();
    AtomicInteger looks = new AtomicInteger(1);
    try (LimitedNodes limits = limits(looks)) {
      limits.wish(N1, NO_DESCRIPTORS);
      limits.hold(N1);
      assertThat(limit()).isNotEqualTo(usual);

      looks.set(1);
      limits.wish(N1, NodeLimits.NONE);
      limits.hold(N1);

      assertThat(limit()).isEqualTo(usual);
    }
  }

  @Test
  void aProcessThatCantBeLimitedIsOne() throws IOException {
    try (LimitedNodes limits = limits(new AtomicInteger(Integer.MAX_VALUE))) {
      limits.wish(N1, NO_DESCRIPTORS);

      assertThatIOException().isThrownBy(() -> limits.hold(N1));
    }
  }
}
