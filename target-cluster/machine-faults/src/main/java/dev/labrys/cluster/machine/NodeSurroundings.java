package dev.labrys.cluster.machine;

import static dev.labrys.cluster.Capability.LOSE_UNSYNCED_WRITES;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Surroundings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
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
  private static final Set<Capability> BY_DISKS =
      EnumSet.of(LOSE_UNSYNCED_WRITES, Capability.FILL_DISK, Capability.STALL_DISK);
  private static final Set<Capability> BY_GROUPS =
      EnumSet.of(Capability.LIMIT_CPU, Capability.LIMIT_MEMORY);
  private static final long LAST_MOMENTS_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Program program;
  private final RunningNodes nodes;
  private final Instructions instructions;
  private final Optional<MovableClocks> clocks;
  private final Optional<NodeDisks> disks;
  private final Optional<SyncedCopies> copies;
  private final NodeArchive archive;
  private final LimitedNodes limits;
  private final boolean makesBackUps;
  private final Remarks remarks = new Remarks();
  private final Capabilities found;

  /// @param folder of the run
  /// @param provisions what is made ready, as far as this machine and this program allow
  public NodeSurroundings(
      Program program, RunningNodes nodes, Path folder, Set<Provision> provisions) {
    this.program = program;
    this.nodes = nodes;
    this.instructions = new Instructions(program, nodes);
    this.found = found(program, provisions);
    this.clocks =
        found.has(Capability.SHIFT_CLOCK)
            ? Optional.of(new MovableClocks(folder))
            : Optional.empty();
    this.archive = new NodeArchive(program, nodes, folder);
    this.limits =
        new LimitedNodes(
            nodes,
            nodes
                .limiter()
                .orElseGet(() ->
                    new ControlGroups(
                        found.has(Capability.LIMIT_CPU)
                            ? ControlGroups.Use.ONE_FOR_EACH
                            : ControlGroups.Use.NONE)));
    this.makesBackUps = provisions.contains(Provision.BACK_UPS);
    boolean areCopied = losesPowerByCopies(found);
    this.copies = areCopied ? Optional.of(new SyncedCopies(nodes, folder)) : Optional.empty();
    this.disks =
        found.has(LOSE_UNSYNCED_WRITES) && !areCopied
            ? Optional.of(new NodeDisks(folder))
            : Optional.empty();
  }

  private static Capabilities found(Program program, Set<Provision> provisions) {
    Capabilities all = Capabilities.none();
    if (!provisions.contains(Provision.MOVABLE_CLOCKS)) {
      all = all.without(Capability.SHIFT_CLOCK, "its nodes were started with the machine's clock");
    } else if (!program.hasMovableClock()) {
      all = all.without(Capability.SHIFT_CLOCK, program.name() + " does not tell what time it has");
    } else {
      all = all.probed(Capability.SHIFT_CLOCK, Faketime.complaint());
    }
    all = all.with(Capability.WIPE_FILES);
    all =
        provisions.contains(Provision.BACK_UPS)
            ? all.with(Capability.ROLL_BACK_FILES)
            : all.without(Capability.ROLL_BACK_FILES, "no back-ups are made of its nodes' files");
    all = all.probed(Capability.LIMIT_DESCRIPTORS, DescriptorLimit.complaint());
    all =
        probed(
            all,
            BY_GROUPS,
            provisions.contains(Provision.LIMITS)
                ? ControlGroup.complaint()
                : Optional.of("its nodes were started without control groups of their own"));
    all =
        withDisks(
            all,
            provisions.contains(Provision.OWN_DISKS)
                ? LoopDisk.complaint()
                : Optional.of("its nodes were started without disks of their own"));
    return provisions.contains(Provision.SYNCED_COPIES) ? withCopies(all, program) : all;
  }

  private static Capabilities withDisks(Capabilities others, Optional<String> complaint) {
    Capabilities all = probed(others, BY_DISKS, complaint);
    return complaint.isEmpty() ? all.with(LOSE_UNSYNCED_WRITES, NodeDisks.MEANS) : all;
  }

  /// Disks can do it to any program, so they are preferred.
  private static Capabilities withCopies(Capabilities others, Program program) {
    return others.has(LOSE_UNSYNCED_WRITES) || !program.keepsSyncedCopy()
        ? others
        : others.with(LOSE_UNSYNCED_WRITES, SyncedCopies.MEANS);
  }

  /// These and what a probe of some that are possible together, or not at all, came to.
  private static Capabilities probed(
      Capabilities others, Set<Capability> together, Optional<String> complaint) {
    Capabilities all = others;
    for (Capability each : together) {
      all = all.probed(each, complaint);
    }
    return all;
  }

  /// What can be put around nodes of this machine that run `program`, if it is provided for.
  public static Capabilities probe(Program program) {
    return withCopies(probe(), program).with(program.offers());
  }

  /// What can be put around nodes of this machine, if it is provided for.
  public static Capabilities probe() {
    Capabilities all =
        Capabilities.none()
            .with(EnumSet.of(Capability.WIPE_FILES, Capability.ROLL_BACK_FILES))
            .probed(Capability.SHIFT_CLOCK, Faketime.complaint())
            .probed(Capability.LIMIT_DESCRIPTORS, DescriptorLimit.complaint());
    return withDisks(probed(all, BY_GROUPS, ControlGroup.complaint()), LoopDisk.complaint());
  }

  /// Whether a loss of power changes files of nodes, and not disks.
  public static boolean losesPowerByCopies(Capabilities capabilities) {
    return SyncedCopies.MEANS.equals(capabilities.means().get(LOSE_UNSYNCED_WRITES));
  }

  /// Nothing can, and why.
  public static Capabilities impossible(String reason) {
    Capabilities all =
        Capabilities.none()
            .without(Capability.SHIFT_CLOCK, reason)
            .without(Capability.WIPE_FILES, reason)
            .without(Capability.ROLL_BACK_FILES, reason)
            .without(Capability.LIMIT_DESCRIPTORS, reason);
    return probed(probed(all, BY_GROUPS, Optional.of(reason)), BY_DISKS, Optional.of(reason));
  }

  /// What can be put around these nodes, from outside or by themselves.
  public Capabilities capabilities() {
    return found.with(program.offers());
  }

  /// The folder for the data of a node, if it has a disk of its own.
  public Optional<Path> data(NodeId node) throws IOException {
    return disks.isPresent() ? Optional.of(disks.get().folder(node)) : Optional.empty();
  }

  /// Where a node is to keep a copy of what it has synced, if it is to keep one.
  ///
  /// @param data its folder
  public Optional<Path> syncedCopy(Path data) {
    return copies.map(_ -> SyncedCopies.in(data));
  }

  /// Files and folders of this machine that a node has to see.
  public Set<Path> views(NodeId node) throws IOException {
    return clocks.isPresent() ? clocks.get().views(node) : Set.of();
  }

  /// How to start a node, which is about to be, so that things can be put around it.
  ///
  /// @param seen where the node sees one of its [views][#views]
  public Launch prepare(NodeId node, Launch launch, UnaryOperator<Path> seen) throws IOException {
    if (makesBackUps) {
      archive.backUp(node);
    }
    Launch limited = limits.prepare(node, launch);
    if (clocks.isEmpty()) {
      return limited;
    }
    SortedMap<String, String> environment = new TreeMap<>(limited.environment());
    environment.putAll(clocks.get().environment(node, seen));
    return new Launch(limited.command(), environment, limited.ready());
  }

  /// Makes all that is around a node as said, whether it runs or not. What it can only be told, it
  /// is told once it runs.
  public void set(NodeId node, Surroundings surroundings) throws IOException {
    boolean isFromOutside = disks.isPresent() && NodeDisks.canBe(surroundings.disk());
    instructions.wish(
        node, isFromOutside ? surroundings.with(Surroundings.Disk.SOUND) : surroundings);
    archive.set(node, surroundings.files());
    limits.wish(node, surroundings.limits());
    if (limits.isEndedForMemory(node)) {
      remarks.add("the kernel ended %s, which wanted more memory than it was left".formatted(node));
      endsSoon(node);
    }
    if (clocks.isPresent()) {
      clocks.get().set(node, surroundings.clock());
    }
    if (disks.isPresent()) {
      disks.get().set(node, isFromOutside ? surroundings.disk() : Surroundings.Disk.SOUND);
    }
    if (nodes.runs(node)) {
      tell(node);
    } else {
      limits.hold(node);
    }
  }

  /// How a node is started, in one kind of cluster.
  public interface Starter {

    /// Starts it, and returns when it serves.
    ///
    /// @throws IOException if it does not, with its last words
    void start() throws IOException;

    /// Ends it if it runs.
    void end() throws IOException;
  }

  /// Starts a node that is down, with all that should be around it. If it refuses its files, as
  /// they were damaged and that is over, it is given those it had before.
  public void start(NodeId node, Starter starter) throws IOException {
    try {
      starter.start();
    } catch (IOException refused) {
      if (!archive.isToBeMended(node)) {
        throw refused;
      }
      starter.end();
      remarks.add("given its files back: " + refused.getMessage());
      archive.mend(node);
      starter.start();
    }
    archive.settle(node);
    instructions.begun(node);
    tell(node);
  }

  /// What has happened that people should know, since this was last asked.
  public List<String> takeRemarks() {
    return remarks.take();
  }

  /// Tells a node what it has not been told yet, if it runs.
  public void tell(NodeId node) throws IOException {
    if (!nodes.runs(node)) {
      return;
    }
    boolean wasExhausted = limits.isWithoutDescriptors(node);
    try {
      if (instructions.isBehind(node) || clocks.filter(each -> each.isUnseen(node)).isPresent()) {
        limits.relieve(node);
      }
      instructions.tell(node);
      if (disks.isPresent()) {
        disks.get().begin(node);
      }
      if (clocks.isPresent()) {
        clocks.get().check(node, () -> program.clockMillis(port -> nodes.address(node, port)));
      }
      limits.hold(node);
      if (wasExhausted && !limits.isWithoutDescriptors(node)) {
        awaitAnswer(node);
      }
    } catch (IOException disobeyed) {
      if (!endsSoon(node)) {
        throw disobeyed;
      }
    }
  }

  /// A node that could not open a file may be about to end: then it does not answer any more. One
  /// that never does is waited for in vain.
  private void awaitAnswer(NodeId node) {
    long deadline = System.nanoTime() + LAST_MOMENTS_NANOS;
    while (nodes.runs(node)
        && program.standing(port -> nodes.address(node, port)).isEmpty()
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// To be called before a node is ended or paused, which must not wait for its disk.
  public void release(NodeId node) throws IOException {
    if (disks.isPresent()) {
      disks.get().release(node);
    }
  }

  /// Loses what a node that has ended wrote and did not sync.
  ///
  /// @throws UnsupportedOperationException if that is not possible, saying why
  public void losePower(NodeId node) throws IOException {
    found.require(LOSE_UNSYNCED_WRITES);
    if (copies.isPresent()) {
      copies.get().losePower(node);
    } else {
      disks.orElseThrow().losePower(node);
    }
    if (archive.forgetHarm(node)) {
      remarks.add(
          "%s lost power before it had seen what was done to its files, which may have undone that"
              .formatted(node));
    }
  }

  /// Whether a node that does not listen, or that the kernel ends, is about to end.
  private boolean endsSoon(NodeId node) {
    long deadline = System.nanoTime() + LAST_MOMENTS_NANOS;
    while (nodes.state(node) != NodeState.STOPPED) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /// Removes what was made ready. The nodes have ended.
  @Override
  public void close() throws IOException {
    try {
      if (disks.isPresent()) {
        disks.get().close();
      }
    } finally {
      try {
        limits.close();
      } finally {
        archive.close();
        if (clocks.isPresent()) {
          clocks.get().close();
        }
      }
    }
  }
}
