package dev.labrys.cluster.machine;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Surroundings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// What is around the nodes of a cluster on this machine, processes or containers.
///
/// Some of it is done to nodes from outside, some they are asked to do to themselves. A node takes
/// its time to notice, and may end of what it notices: nobody is to blame for that.
public final class NodeSurroundings implements Closeable {
  private static final long LAST_MOMENTS_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Program program;
  private final RunningNodes nodes;
  private final Instructions instructions;
  private final Set<Provision> provisions;
  private final Optional<MovableClocks> clocks;

  /// @param folder of the run
  /// @param provisions what is made ready, as far as this machine and this program allow
  public NodeSurroundings(
      Program program, RunningNodes nodes, Path folder, Set<Provision> provisions) {
    this.program = program;
    this.nodes = nodes;
    this.instructions = new Instructions(program, nodes);
    this.provisions = EnumSet.noneOf(Provision.class);
    this.provisions.addAll(provisions);
    this.clocks =
        provisions.contains(Provision.MOVABLE_CLOCKS)
                && program.hasMovableClock()
                && Faketime.complaint().isEmpty()
            ? Optional.of(new MovableClocks(folder))
            : Optional.empty();
  }

  /// What can be put around nodes here, if it is provided for.
  public static Capabilities probe(Capabilities others) {
    return others.probed(Capability.SHIFT_CLOCK, Faketime.complaint());
  }

  /// What can be put around these nodes.
  ///
  /// @param others what can be done here, as probed
  public Capabilities capabilities(Capabilities others) {
    Capabilities all = others;
    if (all.has(Capability.SHIFT_CLOCK) && clocks.isEmpty()) {
      all =
          all.without(
              Capability.SHIFT_CLOCK,
              program.hasMovableClock()
                  ? "the nodes were started with the clock of the machine"
                  : program.name() + " does not say that its clock can be moved, or does not tell it");
    }
    return all.with(program.offers());
  }

  /// Files and folders of this machine that a node has to see.
  public Set<Path> views(NodeId node) throws IOException {
    return clocks.isPresent() ? clocks.get().views(node) : Set.of();
  }

  /// How to start a node so that things can be put around it.
  ///
  /// @param seen where the node sees one of its [views][#views]
  public Launch prepare(NodeId node, Launch launch, UnaryOperator<Path> seen) throws IOException {
    if (clocks.isEmpty()) {
      return launch;
    }
    SortedMap<String, String> environment = new TreeMap<>(launch.environment());
    environment.putAll(clocks.get().environment(node, seen));
    return new Launch(launch.command(), environment, launch.ready());
  }

  /// Makes all that is around a node as said, whether it runs or not. What it can only be told, it
  /// is told once it runs.
  public void set(NodeId node, Surroundings surroundings) throws IOException {
    instructions.wish(node, surroundings);
    if (clocks.isPresent()) {
      clocks.get().set(node, surroundings.clock());
    }
    tell(node);
  }

  /// A node has begun anew.
  public void begun(NodeId node) throws IOException {
    instructions.begun(node);
    tell(node);
  }

  /// Tells a node what it has not been told yet, if it runs.
  public void tell(NodeId node) throws IOException {
    if (!nodes.runs(node)) {
      return;
    }
    try {
      instructions.tell(node);
      if (clocks.isPresent()) {
        clocks
            .get()
            .check(node, () -> program.clockMillis(port -> nodes.address(node, port)));
      }
    } catch (IOException disobeyed) {
      if (!endsSoon(node)) {
        throw disobeyed;
      }
    }
  }

  /// Whether a node that does not listen is about to end.
  private boolean endsSoon(NodeId node) {
    long deadline = System.nanoTime() + LAST_MOMENTS_NANOS;
    while (nodes.runs(node)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    if (clocks.isPresent()) {
      clocks.get().close();
    }
  }
}
