package dev.labrys.cluster.machine;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What nodes are to do to themselves. A node can be told so only while it runs, and forgets it
/// when it ends.
final class Instructions {
  private static final Duration LONGEST = Duration.ofMinutes(60);

  private final Program program;
  private final RunningNodes nodes;
  private final Map<NodeId, Surroundings> wished = new ConcurrentHashMap<>();
  private final Map<NodeId, Surroundings> told = new ConcurrentHashMap<>();

  Instructions(Program program, RunningNodes nodes) {
    this.program = program;
    this.nodes = nodes;
  }

  /// Notes what a node is to do to itself from now on; [#tell] makes it so.
  void wish(NodeId node, Surroundings surroundings) {
    wished.put(node, surroundings);
  }

  /// A node has begun anew, and has not been told anything.
  void begun(NodeId node) {
    told.remove(node);
  }

  /// Whether a node has not been told all yet.
  boolean isBehind(NodeId node) {
    Surroundings should = wished.getOrDefault(node, Surroundings.USUAL);
    Surroundings does = told.getOrDefault(node, Surroundings.USUAL);
    return !should.timers().equals(does.timers()) || isDiskBehind(should, does);
  }

  private static boolean isDiskBehind(Surroundings should, Surroundings does) {
    return should.disk() != does.disk() || should.syncDelayNanos() != does.syncDelayNanos();
  }

  /// Tells a node that runs what it has not been told yet.
  void tell(NodeId node) throws IOException {
    Surroundings should = wished.getOrDefault(node, Surroundings.USUAL);
    Surroundings does = told.getOrDefault(node, Surroundings.USUAL);
    boolean areStalled = should.timers().areStalled();
    if (areStalled != does.timers().areStalled()) {
      program.stallTimers(port -> nodes.address(node, port), areStalled ? LONGEST : Duration.ZERO);
    }
    long drift = should.timers().driftMillionths();
    if (drift != does.timers().driftMillionths()) {
      program.driftTimers(port -> nodes.address(node, port), drift);
    }
    if (isDiskBehind(should, does)) {
      program.troubleDisk(
          port -> nodes.address(node, port),
          should.disk(),
          Duration.ofNanos(should.syncDelayNanos()));
    }
    told.put(node, should);
  }
}
