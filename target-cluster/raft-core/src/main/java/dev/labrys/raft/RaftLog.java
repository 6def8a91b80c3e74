package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;

/// A server's log: a snapshot's position, and the entries after it.
final class RaftLog implements LogView {
  private static final int LEAST_ROOM = 64;

  private LogPosition snapshot;

  /// A ring would do as well; moving what is left when a snapshot is taken is rarer than reading.
  private Entry[] entries;

  private int size;
  private LogPosition last;

  RaftLog(LogPosition snapshot, List<Entry> stored) {
    this.snapshot = snapshot;
    this.size = stored.size();
    this.entries = stored.toArray(new Entry[Math.max(LEAST_ROOM, size)]);
    this.last = size == 0 ? snapshot : entries[size - 1].position();
  }

  @Override
  public LogPosition snapshot() {
    return snapshot;
  }

  @Override
  public LogPosition last() {
    return last;
  }

  long lastIndex() {
    return snapshot.index() + size;
  }

  @Override
  public long termAt(long index) {
    return index == snapshot.index() ? snapshot.term() : at(index).term();
  }

  LogPosition positionAt(long index) {
    return index == snapshot.index() ? snapshot : at(index).position();
  }

  @Override
  public Entry at(long index) {
    long slot = index - snapshot.index() - 1;
    if (slot < 0 || slot >= size) {
      throw new IndexOutOfBoundsException(
          "entry %d of a log of %d..%d".formatted(index, snapshot.index() + 1, lastIndex()));
    }
    return entries[(int) slot];
  }

  /// The entries from `first` on: at most `most`, and no more than one that takes their commands
  /// over `mostBytes`.
  List<Entry> from(long first, int most, int mostBytes) {
    long end = Math.min(lastIndex(), first + most - 1);
    if (end == first) {
      return List.of(at(first));
    }
    List<Entry> some = new ArrayList<>();
    long bytes = 0;
    for (long index = first; index <= end; index++) {
      Entry entry = at(index);
      bytes += entry.content() instanceof Content.Command(Bytes command) ? command.length() : 0;
      if (bytes > mostBytes && !some.isEmpty()) {
        break;
      }
      some.add(entry);
    }
    return List.copyOf(some);
  }

  /// Writes `more`, in place of all that is at the first's index or after it.
  void append(List<Entry> more) {
    if (more.isEmpty()) {
      return;
    }
    long slot = more.getFirst().index() - snapshot.index() - 1;
    if (slot < 0 || slot > size) {
      throw new IllegalArgumentException(
          "entry %d does not continue a log of %d..%d"
              .formatted(more.getFirst().index(), snapshot.index() + 1, lastIndex()));
    }
    shrinkTo((int) slot);
    for (int i = 0; i < more.size(); i++) {
      add(more.get(i));
    }
    last = entries[size - 1].position();
  }

  private void add(Entry entry) {
    if (size == entries.length) {
      Entry[] larger = new Entry[2 * size];
      System.arraycopy(entries, 0, larger, 0, size);
      entries = larger;
    }
    entries[size++] = entry;
  }

  private void shrinkTo(int newSize) {
    // A fresh array in place of clearing: Entry[] may hold no null.
    if (newSize < size) {
      Entry[] shorter = new Entry[Math.max(LEAST_ROOM, newSize + newSize / 2)];
      System.arraycopy(entries, 0, shorter, 0, newSize);
      entries = shorter;
      size = newSize;
    }
  }

  /// Lets a snapshot replace the entries up to `newSnapshot`. What comes after it stays, if any.
  void compactTo(LogPosition newSnapshot) {
    int kept = (int) Math.max(0, lastIndex() - newSnapshot.index());
    Entry[] rest = new Entry[Math.max(LEAST_ROOM, kept + kept / 2)];
    System.arraycopy(entries, size - kept, rest, 0, kept);
    entries = rest;
    size = kept;
    snapshot = newSnapshot;
    last = kept == 0 ? newSnapshot : last;
  }

  /// Lets a snapshot replace everything.
  void replaceBy(LogPosition newSnapshot) {
    shrinkTo(0);
    snapshot = newSnapshot;
    last = newSnapshot;
  }
}
