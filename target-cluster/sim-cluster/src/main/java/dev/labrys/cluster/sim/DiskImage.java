package dev.labrys.cluster.sim;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The content of a disk: term and vote, a snapshot, and the log after it.
///
/// It is written in records, each of which is there whole or not at all: term and vote are one,
/// each entry is one, a snapshot is one.
final class DiskImage {
  private static final int INITIAL_CAPACITY = 64;

  /// What a record takes beside its payload: its length, its checksum, and two numbers.
  private static final int RECORD_BYTES = 24;

  private HardState state;
  private Snapshot snapshot;

  /// The log is in `entries[first]` and up to, not including, `entries[end]`.
  private @Nullable Entry[] entries;

  private int first;
  private int end;
  private long logBytes;
  private boolean isStateDamaged;
  private boolean isSnapshotDamaged;
  private boolean isLogDamaged;
  private final TreeSet<Long> damagedEntries = new TreeSet<>();

  DiskImage(Stored stored) {
    state = stored.state();
    snapshot = stored.snapshot();
    entries = new Entry[Math.max(INITIAL_CAPACITY, stored.entries().size())];
    stored.entries().forEach(this::append);
  }

  private DiskImage(DiskImage other) {
    state = other.state;
    snapshot = other.snapshot;
    entries = Arrays.copyOfRange(other.entries, other.first, Math.max(other.end, other.first + 1));
    end = other.end - other.first;
    logBytes = other.logBytes;
    isStateDamaged = other.isStateDamaged;
    isSnapshotDamaged = other.isSnapshotDamaged;
    isLogDamaged = other.isLogDamaged;
    damagedEntries.addAll(other.damagedEntries);
  }

  DiskImage copy() {
    return new DiskImage(this);
  }

  /// How many records a write consists of.
  static int records(Effect write) {
    return write instanceof Effect.Persist(HardState _, List<Entry> written)
        ? 1 + written.size()
        : 1;
  }

  /// Writes all of `write`.
  void write(Effect write) {
    write(write, records(write));
  }

  /// Writes the first `records` records of `write`, as many as it has at most.
  void write(Effect write, int records) {
    if (records == 0) {
      return;
    }
    if (write instanceof Effect.Persist(HardState newState, List<Entry> written)) {
      state = newState;
      isStateDamaged = false;
      int count = Math.min(records - 1, written.size());
      for (int i = 0; i < count; i++) {
        put(written.get(i));
      }
    } else if (write instanceof Effect.SaveSnapshot(Snapshot newSnapshot)) {
      replace(newSnapshot);
    } else {
      throw new IllegalArgumentException("nothing to write: " + write);
    }
  }

  private void put(Entry entry) {
    if (entry.index() <= snapshot.last().index() || entry.index() > lastIndex() + 1) {
      throw new IllegalStateException(
          "a log after %s up to %d can't take the entry %s"
              .formatted(snapshot.last(), lastIndex(), entry.position()));
    }
    while (lastIndex() >= entry.index()) {
      removeLast();
    }
    append(entry);
  }

  private void append(Entry entry) {
    if (end == entries.length) {
      makeRoom();
    }
    entries[end++] = entry;
    logBytes += bytes(entry);
  }

  private void makeRoom() {
    int size = end - first;
    if (size > entries.length / 2) {
      @Nullable Entry[] larger = new Entry[entries.length * 2];
      System.arraycopy(entries, first, larger, 0, size);
      entries = larger;
    } else {
      System.arraycopy(entries, first, entries, 0, size);
      Arrays.fill(entries, size, end, null);
    }
    first = 0;
    end = size;
  }

  private void removeLast() {
    Entry removed = Objects.requireNonNull(entries[--end]);
    entries[end] = null;
    forget(removed);
  }

  private void removeFirst() {
    Entry removed = Objects.requireNonNull(entries[first]);
    entries[first++] = null;
    forget(removed);
  }

  private void forget(Entry removed) {
    logBytes -= bytes(removed);
    if (!damagedEntries.isEmpty()) {
      damagedEntries.remove(removed.index());
    }
  }

  /// As Figure 13 has it, steps 6 and 7.
  private void replace(Snapshot newer) {
    LogPosition last = newer.last();
    boolean isContinued = has(last);
    snapshot = newer;
    isSnapshotDamaged = false;
    while (first < end && (!isContinued || firstEntry().index() <= last.index())) {
      removeFirst();
    }
  }

  private boolean has(LogPosition position) {
    if (first == end) {
      return false;
    }
    long place = position.index() - firstEntry().index();
    return place >= 0
        && place < end - first
        && Objects.requireNonNull(entries[first + (int) place]).term() == position.term();
  }

  private Entry firstEntry() {
    return Objects.requireNonNull(entries[first]);
  }

  private long lastIndex() {
    return first == end
        ? snapshot.last().index()
        : Objects.requireNonNull(entries[end - 1]).index();
  }

  private static int bytes(Entry entry) {
    return entry.content() instanceof Content.Command(var command)
        ? RECORD_BYTES + command.length()
        : RECORD_BYTES;
  }

  long logBytes() {
    return RECORD_BYTES + logBytes;
  }

  long snapshotBytes() {
    return snapshot.state().length();
  }

  void damageState() {
    isStateDamaged = true;
  }

  void damageSnapshot() {
    isSnapshotDamaged = true;
  }

  void damageEntry(long index) {
    if (index <= snapshot.last().index() || index > lastIndex()) {
      throw new IllegalArgumentException(
          "there is no entry %d after %s up to %d".formatted(index, snapshot.last(), lastIndex()));
    }
    damagedEntries.add(index);
  }

  /// Harms a part as it does a real file. Of a log that is cut, and of a torn write that nobody was
  /// told of, no checksum tells: what follows is missing, and the rest is whole.
  void damage(NodeFiles.Part part, NodeFiles.Harm harm) {
    switch (part) {
      case VOTE -> damageState();
      case SNAPSHOT -> damageSnapshot();
      case LOG -> {
        switch (harm) {
          case FLIPPED -> isLogDamaged = true;
          case CUT -> cutLog();
          case TORN -> {}
        }
      }
    }
  }

  private void cutLog() {
    int kept = (end - first) / 2;
    while (end - first > kept) {
      removeLast();
    }
  }

  boolean isDamaged() {
    return isStateDamaged || isSnapshotDamaged || isLogDamaged || !damagedEntries.isEmpty();
  }

  /// What can be read of it.
  ///
  /// @throws IllegalStateException if a checksum is wrong, saying which
  Stored stored() {
    if (isDamaged()) {
      throw new IllegalStateException(damage());
    }
    List<Entry> log = new ArrayList<>(end - first);
    for (int i = first; i < end; i++) {
      log.add(Objects.requireNonNull(entries[i]));
    }
    return new Stored(state, snapshot, log);
  }

  private String damage() {
    if (isStateDamaged) {
      return "the checksum of term and vote is wrong";
    }
    if (isLogDamaged) {
      return "the checksum of the log's beginning is wrong";
    }
    return isSnapshotDamaged
        ? "the checksum of the snapshot is wrong"
        : "the checksum of entry %d is wrong".formatted(damagedEntries.first());
  }
}
