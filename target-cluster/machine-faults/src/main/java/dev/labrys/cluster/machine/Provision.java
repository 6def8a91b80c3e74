package dev.labrys.cluster.machine;

import dev.labrys.cluster.Capability;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// Something that has to be made ready before nodes start, so that something can be done to them
/// later. It costs time even if nothing is done, so it has to be asked for.
public enum Provision {
  /// Nodes take their time from a library that can be told how wrong it should be.
  MOVABLE_CLOCKS,
  /// Each node has a file system to itself. Takes root.
  OWN_DISKS,
  /// Each node keeps a copy of what it has synced, if its program does that and there are no disks
  /// of their own.
  SYNCED_COPIES,
  /// The files of each node are copied whenever it is started.
  BACK_UPS,
  /// Each node is in control groups of its own, by which it can be held to limits. Takes root.
  LIMITS;

  private Set<Capability> makesPossible() {
    return switch (this) {
      case MOVABLE_CLOCKS -> EnumSet.of(Capability.SHIFT_CLOCK);
      case OWN_DISKS ->
          EnumSet.of(Capability.LOSE_UNSYNCED_WRITES, Capability.FILL_DISK, Capability.STALL_DISK);
      case SYNCED_COPIES -> EnumSet.of(Capability.LOSE_UNSYNCED_WRITES);
      case BACK_UPS -> EnumSet.of(Capability.ROLL_BACK_FILES);
      case LIMITS -> EnumSet.of(Capability.LIMIT_CPU, Capability.LIMIT_MEMORY);
    };
  }

  /// What it takes to do all of `wanted`, as far as this can be provided.
  public static Set<Provision> forAll(Collection<Capability> wanted) {
    EnumSet<Provision> all = EnumSet.noneOf(Provision.class);
    for (Provision each : values()) {
      if (wanted.stream().anyMatch(each.makesPossible()::contains)) {
        all.add(each);
      }
    }
    return all;
  }
}
