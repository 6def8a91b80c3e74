package dev.labrys.cluster.machine;

import dev.labrys.cluster.Capability;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// Something that has to be made ready before nodes start, so that something can be done to them
/// later. It costs time even if nothing is done, so it has to be asked for.
public enum Provision {
  /// Nodes take their time from a library that can be told how wrong it should be.
  MOVABLE_CLOCKS(Capability.SHIFT_CLOCK),
  /// Each node has a file system to itself. Takes root.
  OWN_DISKS(Capability.LOSE_UNSYNCED_WRITES, Capability.FILL_DISK, Capability.STALL_DISK),
  /// The files of each node are copied whenever it is started.
  BACK_UPS(Capability.ROLL_BACK_FILES);

  private final Set<Capability> makesPossible;

  Provision(Capability first, Capability... more) {
    this.makesPossible = EnumSet.of(first, more);
  }

  /// What it takes to do all of `wanted`, as far as this can be provided.
  public static Set<Provision> forAll(Collection<Capability> wanted) {
    EnumSet<Provision> all = EnumSet.noneOf(Provision.class);
    for (Provision each : values()) {
      if (wanted.stream().anyMatch(each.makesPossible::contains)) {
        all.add(each);
      }
    }
    return all;
  }
}
