package dev.labrys.nemesis;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.WallClock;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Something that goes wrong for a while, as a value: the same for every deployment.
///
/// A fault has one exact text, `isolate:target=leader,direction=both`; [#parse] reads what `text`
/// writes.
public sealed interface Fault {

  /// One that hits those whom a target says.
  sealed interface Targeted extends Fault {
    Target target();
  }

  /// Cuts the links between the target and all other nodes.
  record Isolate(Target target, Direction direction) implements Targeted {}

  /// Which bytes an isolated node misses.
  enum Direction {
    /// Neither is it heard nor does it hear.
    BOTH,
    /// It is heard and does not hear.
    INBOUND,
    /// It hears and is not heard.
    OUTBOUND;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Cuts the cluster into parts, the nodes in random order.
  record Split(Layout layout) implements Fault {}

  /// Who still hears whom after a [Split].
  enum Layout {
    /// Two halves that don't hear each other; of an odd number, one has a majority.
    HALVES,
    /// Two halves and one node that hears and is heard by both.
    BRIDGE,
    /// Each node hears a majority, no two the same one.
    MAJORITIES_RING,
    /// Each node hears only the one before and the one after.
    CHAIN,
    /// Every node hears only the one in the middle, which hears all.
    STAR,
    /// The two of each pair don't hear each other, and everybody hears all others.
    PAIRS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Cuts single links: `cut:n1=n2+n3` stops what `n2` and `n3` send to `n1`.
  ///
  /// @param deafTo for each node that misses something, the nodes it does not hear
  record Cut(SortedMap<NodeId, SortedSet<NodeId>> deafTo) implements Fault {
    public Cut {
      TreeMap<NodeId, SortedSet<NodeId>> copy = new TreeMap<>();
      deafTo.forEach((hearer, speakers) -> {
        if (speakers.isEmpty() || speakers.contains(hearer)) {
          throw new IllegalArgumentException(
              "%s must be cut from at least one node and not from itself".formatted(hearer));
        }
        copy.put(hearer, Collections.unmodifiableSortedSet(new TreeSet<>(speakers)));
      });
      if (copy.isEmpty()) {
        throw new IllegalArgumentException("a cut needs at least one link");
      }
      deafTo = Collections.unmodifiableSortedMap(copy);
    }

    /// Whether nobody hears one that does not hear him.
    boolean isMutual() {
      return deafTo.entrySet().stream()
          .allMatch(each ->
              each.getValue().stream()
                  .allMatch(speaker ->
                      deafTo
                          .getOrDefault(speaker, Collections.emptySortedSet())
                          .contains(each.getKey())));
    }
  }

  /// Cuts the target off its clients, not off its peers.
  record CutClients(Target target) implements Targeted {}

  /// Ends the target at once; it starts again when the fault is healed.
  record Kill(Target target) implements Targeted {}

  /// Asks the target to end by itself; it starts again when the fault is healed.
  record Stop(Target target) implements Targeted {}

  /// Freezes the target.
  record Pause(Target target) implements Targeted {}

  /// Lets the target's own timers be late: none fires before the fault is healed, and all else goes
  /// on.
  record StallTimers(Target target) implements Targeted {}

  /// Lets the target's own timers go faster by so many millionths, or slower: its clock that only
  /// counts drifts, and with it its elections, heartbeats and leases.
  record TimerDrift(Target target, long millionths) implements Targeted {
    public TimerDrift {
      if (millionths == 0) {
        throw new IllegalArgumentException("timers drift by some rate");
      }
      Surroundings.Timers.drifting(millionths);
    }
  }

  /// Makes what the target sends to other nodes late by `delayNanos`, give or take `jitterNanos`.
  record Latency(Target target, long delayNanos, long jitterNanos) implements Targeted {
    public Latency {
      if (delayNanos <= 0 || jitterNanos < 0 || jitterNanos > delayNanos) {
        throw new IllegalArgumentException(
            "a delay is positive and its jitter at most as long, not %s and %s"
                .formatted(Span.print(delayNanos), Span.print(jitterNanos)));
      }
    }
  }

  /// Lets the network lose, double, delay and reorder single messages that the target sends to
  /// other nodes.
  record Unreliable(Target target, Passage.Unreliable passage) implements Targeted {}

  /// Loses so many of a million packets that the target sends to other nodes. TCP sends them again.
  record LosePackets(Target target, int lost) implements Targeted {
    public LosePackets {
      if (lost <= 0) {
        throw new IllegalArgumentException("some packets get lost, not " + Share.print(lost));
      }
    }
  }

  /// Moves the wall clock of the target by `offsetNanos`, forward or back.
  record ClockJump(Target target, long offsetNanos) implements Targeted {
    public ClockJump {
      if (offsetNanos == 0 || offsetNanos == Long.MIN_VALUE) {
        throw new IllegalArgumentException("a clock jumps by some time, forward or back");
      }
      WallClock.ahead(offsetNanos);
    }
  }

  /// Lets the wall clock of the target go faster by so many millionths, or slower.
  record ClockDrift(Target target, long millionths) implements Targeted {
    public ClockDrift {
      if (millionths == 0) {
        throw new IllegalArgumentException("a clock drifts by some rate");
      }
      WallClock.drifting(millionths);
    }
  }

  /// Lets the wall clock of the target jump by `offsetNanos` and back again, over and over.
  record ClockStrobe(Target target, long offsetNanos, long periodNanos) implements Targeted {
    public ClockStrobe {
      WallClock.strobing(offsetNanos, periodNanos);
    }
  }

  /// Ends the target at once and loses what it had not synced; it starts again when healed.
  record PowerLoss(Target target) implements Targeted {}

  /// Leaves the target no disk space.
  record DiskFull(Target target) implements Targeted {}

  /// Lets no sync of the target's disk come back.
  record DiskStall(Target target) implements Targeted {}

  /// Lets the target write nothing to its disk.
  record DiskReadOnly(Target target) implements Targeted {}

  /// Lets syncs of the target's disk fail.
  record DiskError(Target target) implements Targeted {}

  /// Lets each sync of the target's disk take longer by `delayNanos`.
  record DiskSlow(Target target, long delayNanos) implements Targeted {
    public DiskSlow {
      if (delayNanos <= 0) {
        throw new IllegalArgumentException(
            "a slow disk takes longer, not by " + Span.print(delayNanos));
      }
    }
  }

  /// Leaves the target no more than a share of the time of one processor, in millionths.
  record CpuLimit(Target target, long millionths) implements Targeted {
    public CpuLimit {
      NodeLimits.cpu(millionths);
    }
  }

  /// Leaves the target `roomBytes` more memory than it uses now, and has the kernel end it if it
  /// takes more; it starts again when that is healed.
  record MemoryLimit(Target target, long roomBytes) implements Targeted {
    public MemoryLimit {
      NodeLimits.memory(roomBytes);
    }
  }

  /// Lets the target have no more files and sockets open than it has.
  record NoDescriptors(Target target) implements Targeted {}

  /// Ends the target and damages one of its files; healed, it starts, and is given the file as it
  /// was if it refuses it.
  record Damage(Target target, NodeFiles.Part file, NodeFiles.Harm how) implements Targeted {}

  /// Ends the target and takes all its files; healed, it starts without.
  record Wipe(Target target) implements Targeted {}

  /// Ends the target and gives it the files that it had when it was last started; healed, it starts
  /// with these.
  record RollBack(Target target) implements Targeted {}

  /// Has one of the target lead that does not. An event: it is over when it has happened.
  record Transfer(Target target) implements Targeted {}

  /// Takes the target out of the cluster; it is taken in again when the fault is healed.
  record Remove(Target target) implements Targeted {}

  /// Starts nodes that the cluster began without, and takes them into it; they are taken out again
  /// when the fault is healed, and run on.
  ///
  /// @param target named: who is no member has no role
  record Add(Target target) implements Targeted {
    public Add {
      if (target.named().isEmpty()) {
        throw new IllegalArgumentException(
            "those who are added are named, as in add:target=n4, not %s".formatted(target));
      }
    }
  }

  /// What a deployment must be able to do for this fault, beyond starting and killing nodes.
  default Set<Capability> needs() {
    return switch (this) {
      case Isolate(Target _, Direction direction) -> cuts(direction == Direction.BOTH);
      // A ring of few nodes has ways that are cut alone.
      case Split(Layout layout) -> cuts(layout != Layout.MAJORITIES_RING);
      case Cut cut -> cuts(cut.isMutual());
      case CutClients _ -> cuts(true);
      case Kill _, Stop _ -> Set.of();
      case Pause _ -> Set.of(Capability.PAUSE);
      case StallTimers _ -> Set.of(Capability.STALL_TIMERS);
      case TimerDrift _ -> Set.of(Capability.DRIFT_TIMERS);
      case Latency _ -> Set.of(Capability.DELAY_LINKS);
      case Unreliable _ -> Set.of(Capability.DROP_MESSAGES);
      case LosePackets _ -> Set.of(Capability.DROP_PACKETS);
      case ClockJump _, ClockDrift _, ClockStrobe _ -> Set.of(Capability.SHIFT_CLOCK);
      case PowerLoss _ -> Set.of(Capability.LOSE_UNSYNCED_WRITES);
      case DiskFull _ -> Set.of(Capability.FILL_DISK);
      case DiskStall _ -> Set.of(Capability.STALL_DISK);
      case DiskReadOnly _ -> Set.of(Capability.PROTECT_DISK);
      case DiskError _ -> Set.of(Capability.FAIL_SYNCS);
      case DiskSlow _ -> Set.of(Capability.DELAY_SYNCS);
      case CpuLimit _ -> Set.of(Capability.LIMIT_CPU);
      case MemoryLimit _ -> Set.of(Capability.LIMIT_MEMORY);
      case NoDescriptors _ -> Set.of(Capability.LIMIT_DESCRIPTORS);
      case Damage _ -> Set.of(Capability.DAMAGE_FILES);
      case Wipe _ -> Set.of(Capability.WIPE_FILES);
      case RollBack _ -> Set.of(Capability.ROLL_BACK_FILES);
      case Transfer _ -> Set.of(Capability.TRANSFER_LEADERSHIP);
      case Remove _, Add _ -> Set.of(Capability.CHANGE_MEMBERS);
    };
  }

  private static Set<Capability> cuts(boolean isMutual) {
    return isMutual
        ? Set.of(Capability.CUT_LINKS)
        : Set.of(Capability.CUT_LINKS, Capability.CUT_ONE_WAY);
  }

  /// Whether it is over as soon as it has happened, so that nothing has to be healed.
  default boolean isEvent() {
    return this instanceof Transfer;
  }

  /// Those it names: whom it hits, once it has begun.
  default SortedSet<NodeId> hit() {
    return switch (this) {
      case Targeted targeted -> targeted.target().named();
      case Split _ -> Collections.emptySortedSet();
      case Cut(SortedMap<NodeId, SortedSet<NodeId>> deafTo) -> new TreeSet<>(deafTo.keySet());
    };
  }

  /// The one way to write this fault.
  default String text() {
    return FaultText.print(this);
  }

  /// Reads a fault. Options may come in any order; all of them have to be there.
  ///
  /// @throws IllegalArgumentException if it is none, saying what was expected
  static Fault parse(String text) {
    return FaultText.parse(text);
  }
}
