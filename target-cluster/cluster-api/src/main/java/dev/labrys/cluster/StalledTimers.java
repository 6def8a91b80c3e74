package dev.labrys.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/// The nodes whose timers are to be late. A node can be told so only while it runs, and forgets it
/// when it ends.
public final class StalledTimers {
  private static final Duration LONGEST = Duration.ofMinutes(60);

  private final Program program;
  private final BiFunction<NodeId, String, Address> ports;
  private final Set<NodeId> wished = ConcurrentHashMap.newKeySet();
  private final Set<NodeId> told = ConcurrentHashMap.newKeySet();

  /// @param ports where the harness reaches a node, by the names of its program's ports
  public StalledTimers(Program program, BiFunction<NodeId, String, Address> ports) {
    this.program = program;
    this.ports = ports;
  }

  /// Notes what becomes of a node's timers from now on; [#tell] makes it so.
  public void wish(NodeId node, Surroundings.Timers timers) {
    switch (timers) {
      case ON_TIME -> wished.remove(node);
      case STALLED -> wished.add(node);
    }
  }

  /// A node has begun anew, and now runs.
  public void begun(NodeId node) throws IOException {
    told.remove(node);
    tell(node);
  }

  /// Tells a node that runs what it has not been told yet.
  public void tell(NodeId node) throws IOException {
    boolean isStalled = wished.contains(node);
    if (isStalled != told.contains(node)) {
      program.stallTimers(port -> ports.apply(node, port), isStalled ? LONGEST : Duration.ZERO);
      if (isStalled) {
        told.add(node);
      } else {
        told.remove(node);
      }
    }
  }
}
