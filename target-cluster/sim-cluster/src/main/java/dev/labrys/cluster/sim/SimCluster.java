package dev.labrys.cluster.sim;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.Way;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A simulated cluster with the same face as a real one.
///
/// Pulling a lever takes no time: what it sets going happens when the simulation runs on. Whatever
/// else can be done to it is done to its [Simulation].
public final class SimCluster implements Cluster {

  private static final String NO_MACHINE =
      "a simulated node thinks in no time, with what memory and connections it likes";

  /// The same everywhere.
  public static final Capabilities CAPABILITIES =
      Capabilities.all()
          .without(Capability.DROP_PACKETS, SimPassages.NO_PACKETS)
          .without(Capability.LIMIT_CPU, NO_MACHINE)
          .without(Capability.LIMIT_MEMORY, NO_MACHINE)
          .without(Capability.LIMIT_DESCRIPTORS, NO_MACHINE);

  private static final long LONGEST_STALL = Long.MAX_VALUE / 4;

  private final Simulation simulation;
  private final TreeMap<NodeId, ServerId> servers = new TreeMap<>();
  private final SimPassages passages;
  private final SimFiles files;
  private final Map<ServerId, Surroundings.Timers> wished = new HashMap<>();

  /// Those who should be members, as far as anybody said.
  private SortedSet<NodeId> wanted = new TreeSet<>();

  private boolean areMembersAsWanted;

  /// The servers of `simulation`, which are named alike: the server 1 is the node n1.
  public SimCluster(Simulation simulation) {
    this.simulation = simulation;
    this.files = new SimFiles(simulation);
    this.passages = new SimPassages(simulation.network(), this::id);
    for (ServerId server : simulation.servers()) {
      servers.put(NodeId.numbered(server.number()), server);
    }
  }

  /// What it stands for.
  public Simulation simulation() {
    return simulation;
  }

  @Override
  public List<NodeId> nodes() {
    return List.copyOf(servers.keySet());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public NodeState state(NodeId node) {
    SimServer server = simulation.server(id(node));
    if (!server.isUp()) {
      return NodeState.STOPPED;
    }
    return server.isPaused() ? NodeState.PAUSED : NodeState.RUNNING;
  }

  private ServerId id(NodeId node) {
    return Optional.ofNullable(servers.get(node))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no node %s, only %s".formatted(node, servers.keySet())));
  }

  @Override
  public void pull(Lever lever, NodeId node) throws IOException {
    ServerId id = id(node);
    NodeState before = state(node);
    if (lever == Lever.CUT_POWER && before == NodeState.STOPPED) {
      simulation.disk(id).losePower();
    }
    if (lever.after(before) == before) {
      return;
    }
    switch (lever) {
      case START -> start(id);
      case STOP, KILL -> simulation.crash(id);
      case PAUSE -> simulation.pause(id);
      case RESUME -> simulation.resume(id);
      case CUT_POWER -> simulation.powerLoss(id);
    }
  }

  private void start(ServerId id) throws IOException {
    files.start(id);
    tellTimers(id);
  }

  @Override
  public void network(Map<Way, Passage> wanted) {
    passages.set(wanted);
  }

  @Override
  public void surround(NodeId node, Surroundings surroundings) throws IOException {
    surroundings.require(capabilities());
    ServerId id = id(node);
    files.set(id, surroundings.files());
    SimDisk disk = simulation.disk(id);
    disk.slowDown(surroundings.syncDelayNanos());
    set(disk, surroundings.disk());
    simulation.server(id).wallClock().set(surroundings.clock());
    simulation.clock(id).drift(Math.toIntExact(surroundings.timers().driftMillionths()));
    wished.put(id, surroundings.timers());
    if (simulation.server(id).isUp()) {
      tellTimers(id);
    }
  }

  /// A write that can't be done ends the server, whatever the reason.
  private static void set(SimDisk disk, Surroundings.Disk wished) {
    switch (wished) {
      case SOUND -> {
        disk.makeRoom();
        disk.resume();
      }
      case STALLED -> {
        disk.makeRoom();
        disk.hang();
      }
      case FULL, READ_ONLY, FAILING -> {
        disk.fill();
        disk.resume();
      }
    }
  }

  private void tellTimers(ServerId id) {
    boolean isStalled = wished.getOrDefault(id, Surroundings.Timers.ON_TIME).areStalled();
    simulation.stallTimers(id, isStalled ? LONGEST_STALL : 0);
  }

  @Override
  public List<String> takeRemarks() {
    return files.takeRemarks();
  }

  @Override
  public void transfer(NodeId node) throws IOException {
    leader().transfer(id(node), _ -> {});
  }

  @Override
  public boolean members(SortedSet<NodeId> members) throws IOException {
    if (!members.equals(wanted)) {
      wanted = new TreeSet<>(members);
      areMembersAsWanted = false;
    }
    SortedSet<NodeId> asked = wanted;
    leader()
        .changeMembership(
            members.stream().map(this::id).toList(),
            List.of(),
            reply -> {
              if (reply instanceof Reply.Done && asked.equals(wanted)) {
                areMembersAsWanted = true;
              }
            });
    return areMembersAsWanted;
  }

  /// Of those who say that they lead, the one of the latest term.
  private SimServer leader() throws IOException {
    return servers.entrySet().stream()
        .filter(each -> standing(each.getKey()).filter(Standing::isLeader).isPresent())
        .map(each -> simulation.server(each.getValue()))
        .max(Comparator.comparingLong(server -> server.status().term()))
        .orElseThrow(() -> new IOException("nobody leads"));
  }

  @Override
  public Optional<Standing> standing(NodeId node) {
    SimServer server = simulation.server(id(node));
    if (!server.isUp() || server.isPaused()) {
      return Optional.empty();
    }
    Status status = server.status();
    return Optional.of(
        new Standing(
            status.role() == Status.RoleName.LEADER,
            status.term(),
            new Standing.Log(
                status.commitIndex(),
                status.last().index(),
                server.log().snapshot().index(),
                server.applied(),
                status.last().term())));
  }

  @Override
  public OptionalLong clockMillis(NodeId node) {
    SimServer server = simulation.server(id(node));
    return server.isUp() && !server.isPaused()
        ? OptionalLong.of(server.clockMillis())
        : OptionalLong.empty();
  }

  @Override
  public Address address(NodeId node, Party viewer) {
    throw new UnsupportedOperationException(
        "%s is simulated and listens nowhere: its clients are those of the simulation"
            .formatted(node));
  }

  @Override
  public Optional<Path> log(NodeId node) {
    id(node);
    return Optional.empty();
  }

  @Override
  public Optional<Path> data(NodeId node) {
    id(node);
    return Optional.empty();
  }

  @Override
  public void close() {
    for (ServerId each : servers.values()) {
      if (simulation.server(each).isUp()) {
        simulation.crash(each);
      }
    }
  }
}
