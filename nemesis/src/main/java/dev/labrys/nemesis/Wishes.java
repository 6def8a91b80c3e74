package dev.labrys.nemesis;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.WallClock;
import dev.labrys.cluster.Way;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// How a cluster should be while some faults are in force.
///
/// A pure function of the faults: what several do together, and what is left when one of them is
/// healed, does not depend on the order of anything.
///
/// @param lots what becomes of each node
/// @param passages the ways on which bytes don't pass freely
/// @param members those who make up the cluster
record Wishes(SortedMap<NodeId, Lot> lots, Map<Way, Passage> passages, SortedSet<NodeId> members) {

  /// What becomes of a node.
  record Lot(Life life, Surroundings surroundings) {
    static final Lot USUAL = new Lot(Life.RUNS, Surroundings.USUAL);

    private Lot with(Life other) {
      return new Lot(other.compareTo(life) > 0 ? other : life, surroundings);
    }

    private Lot with(Surroundings.Disk disk) {
      Surroundings.Disk before = surroundings.disk();
      return new Lot(life, surroundings.with(disk.compareTo(before) > 0 ? disk : before));
    }

    private Lot withSlowerDisk(long nanos) {
      return new Lot(
          life, surroundings.withSyncDelay(Math.addExact(surroundings.syncDelayNanos(), nanos)));
    }

    /// What has happened to files already counts: they can't be harmed twice.
    private Lot withFiles(NodeFiles files) {
      Lot down = with(Life.KILLED);
      return surroundings.files() == NodeFiles.Whole.INTACT
          ? new Lot(down.life(), surroundings.with(files))
          : down;
    }

    private Lot with(Surroundings.Timers timers) {
      return new Lot(life, surroundings.with(surroundings.timers().and(timers)));
    }

    private Lot with(NodeLimits limits) {
      return new Lot(life, surroundings.with(surroundings.limits().and(limits)));
    }

    private Lot with(WallClock clock) {
      return new Lot(life, surroundings.with(surroundings.clock().and(clock)));
    }
  }

  /// What a node should do. Of two wishes for it, the later one here counts.
  enum Life {
    RUNS,
    PAUSED,
    STOPPED,
    KILLED,
    POWERLESS
  }

  Wishes {
    lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
    passages = Collections.unmodifiableMap(new LinkedHashMap<>(passages));
    members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
  }

  /// How the nodes should be while `faults`, which name those they hit, are in force.
  static Wishes of(List<NodeId> nodes, Collection<Fault> faults) {
    Making making = new Making(nodes);
    faults.forEach(making::add);
    return new Wishes(making.lots, making.passages, making.members);
  }

  private static final class Making {
    final List<NodeId> nodes;
    final TreeMap<NodeId, Lot> lots = new TreeMap<>();
    final Map<Way, Passage> passages = new LinkedHashMap<>();
    final TreeSet<NodeId> members;

    Making(List<NodeId> nodes) {
      this.nodes = nodes;
      this.members = new TreeSet<>(nodes);
      nodes.forEach(node -> lots.put(node, Lot.USUAL));
    }

    void add(Fault fault) {
      switch (fault) {
        case Fault.Cut(SortedMap<NodeId, SortedSet<NodeId>> deafTo) -> cut(deafTo);
        case Fault.CutClients(Target target) -> named(target).forEach(this::cutClients);
        case Fault.Latency(Target target, long delay, long jitter) ->
            letSend(target, new Passage.Late(delay, jitter));
        case Fault.Unreliable(Target target, Passage.Unreliable passage) ->
            letSend(target, passage);
        case Fault.LosePackets(Target target, int lost) ->
            letSend(target, new Passage.Lossy(lost, 0, 0));
        case Fault.Kill(Target target) -> change(target, lot -> lot.with(Life.KILLED));
        case Fault.Stop(Target target) -> change(target, lot -> lot.with(Life.STOPPED));
        case Fault.Pause(Target target) -> change(target, lot -> lot.with(Life.PAUSED));
        case Fault.PowerLoss(Target target) -> change(target, lot -> lot.with(Life.POWERLESS));
        case Fault.StallTimers(Target target) ->
            change(target, lot -> lot.with(Surroundings.Timers.STALLED));
        case Fault.TimerDrift(Target target, long millionths) ->
            change(target, lot -> lot.with(Surroundings.Timers.drifting(millionths)));
        case Fault.ClockJump(Target target, long offset) ->
            change(target, lot -> lot.with(WallClock.ahead(offset)));
        case Fault.ClockDrift(Target target, long millionths) ->
            change(target, lot -> lot.with(WallClock.drifting(millionths)));
        case Fault.ClockStrobe(Target target, long offset, long period) ->
            change(target, lot -> lot.with(WallClock.strobing(offset, period)));
        case Fault.DiskFull(Target target) ->
            change(target, lot -> lot.with(Surroundings.Disk.FULL));
        case Fault.DiskStall(Target target) ->
            change(target, lot -> lot.with(Surroundings.Disk.STALLED));
        case Fault.DiskReadOnly(Target target) ->
            change(target, lot -> lot.with(Surroundings.Disk.READ_ONLY));
        case Fault.DiskError(Target target) ->
            change(target, lot -> lot.with(Surroundings.Disk.FAILING));
        case Fault.DiskSlow(Target target, long delay) ->
            change(target, lot -> lot.withSlowerDisk(delay));
        case Fault.CpuLimit(Target target, long millionths) ->
            change(target, lot -> lot.with(NodeLimits.cpu(millionths)));
        case Fault.MemoryLimit(Target target, long room) ->
            change(target, lot -> lot.with(NodeLimits.memory(room)));
        case Fault.NoDescriptors(Target target) ->
            change(target, lot -> lot.with(NodeLimits.noDescriptors()));
        case Fault.Damage(Target target, NodeFiles.Part file, NodeFiles.Harm how) ->
            change(target, lot -> lot.withFiles(new NodeFiles.Damaged(file, how)));
        case Fault.Wipe(Target target) ->
            change(target, lot -> lot.withFiles(NodeFiles.Whole.WIPED));
        case Fault.RollBack(Target target) ->
            change(target, lot -> lot.withFiles(NodeFiles.Whole.ROLLED_BACK));
        case Fault.Isolate(Target target, Fault.Direction direction) ->
            isolate(named(target), direction);
        case Fault.Remove(Target target) -> members.removeAll(named(target));
        case Fault.Add(Target target) -> {
          members.addAll(named(target));
          named(target).forEach(node -> lots.putIfAbsent(node, Lot.USUAL));
        }
        case Fault.Transfer _ -> throw new IllegalArgumentException("this is an event: " + fault);
        case Fault.Split _ -> throw new IllegalArgumentException("this names no node: " + fault);
      }
    }

    private void cut(SortedMap<NodeId, SortedSet<NodeId>> deafTo) {
      deafTo.forEach((hearer, unheard) ->
          unheard.forEach(speaker -> let(Way.between(speaker, hearer), Passage.Shut.HELD)));
    }

    private void cutClients(NodeId node) {
      let(Way.toNode(node), Passage.Shut.HELD);
      let(Way.toClients(node), Passage.Shut.HELD);
    }

    private void isolate(Set<NodeId> victims, Fault.Direction direction) {
      for (NodeId victim : victims) {
        for (NodeId other : nodes) {
          if (victims.contains(other)) {
            continue;
          }
          if (direction != Fault.Direction.OUTBOUND) {
            let(Way.between(other, victim), Passage.Shut.HELD);
          }
          if (direction != Fault.Direction.INBOUND) {
            let(Way.between(victim, other), Passage.Shut.HELD);
          }
        }
      }
    }

    private void letSend(Target target, Passage passage) {
      for (NodeId node : named(target)) {
        nodes.stream()
            .filter(other -> !other.equals(node))
            .forEach(other -> let(Way.between(node, other), passage));
      }
    }

    private void let(Way way, Passage passage) {
      passages.merge(way, passage, Passage::and);
    }

    private void change(Target target, UnaryOperator<Lot> change) {
      for (NodeId node : named(target)) {
        lots.put(node, change.apply(lots.getOrDefault(node, Lot.USUAL)));
      }
    }

    private static Set<NodeId> named(Target target) {
      if (target.named().isEmpty()) {
        throw new IllegalArgumentException("this names no node: " + target);
      }
      return target.named();
    }
  }
}
