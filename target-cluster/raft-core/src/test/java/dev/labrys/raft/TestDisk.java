package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;

/// What a server has stored: all that is left of it after a crash.
final class TestDisk {
  private HardState state;
  private Snapshot snapshot;
  private final List<Entry> entries;

  TestDisk(Stored stored) {
    state = stored.state();
    snapshot = stored.snapshot();
    entries = new ArrayList<>(stored.entries());
  }

  Stored stored() {
    return new Stored(state, snapshot, entries);
  }

  HardState state() {
    return state;
  }

  long lastIndex() {
    return snapshot.last().index() + entries.size();
  }

  /// Whether it holds `entry`, as such or in a snapshot.
  boolean has(Entry entry) {
    long place = entry.index() - snapshot.last().index() - 1;
    return place < 0 || (place < entries.size() && entries.get((int) place).equals(entry));
  }

  /// As [Effect.Persist] says.
  void write(Effect.Persist write) {
    state = write.state();
    if (!write.entries().isEmpty()) {
      long first = write.entries().getFirst().index();
      entries.removeIf(entry -> entry.index() >= first);
      entries.addAll(write.entries());
    }
  }

  /// As [Effect.SaveSnapshot] says.
  void write(Snapshot newer) {
    boolean isKept =
        entries.stream().anyMatch(entry -> entry.position().equals(newer.last()))
            || snapshot.last().equals(newer.last());
    snapshot = newer;
    entries.removeIf(entry -> !isKept || entry.index() <= newer.last().index());
  }
}
