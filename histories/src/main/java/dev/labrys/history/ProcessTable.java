package dev.labrys.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of each process, found by its number without boxing it.
///
/// Open addressing: a reader asks this table once per event, and that must cost next to nothing.
final class ProcessTable<T> {
  private static final int INITIAL_CAPACITY = 64;

  private int[] processes = new int[INITIAL_CAPACITY];
  private @Nullable Object[] entries = new @Nullable Object[INITIAL_CAPACITY];
  private int size;

  @SuppressWarnings("unchecked") // Only put() stores entries.
  @Nullable T find(int process) {
    return (T) entries[slot(process)];
  }

  void put(int process, T entry) {
    int slot = slot(process);
    if (entries[slot] == null) {
      size++;
    }
    processes[slot] = process;
    entries[slot] = entry;
    if (size * 2 > entries.length) {
      grow();
    }
  }

  /// All entries, in no particular order.
  @SuppressWarnings("unchecked") // Only put() stores entries.
  List<T> entries() {
    List<T> present = new ArrayList<>(size);
    for (Object entry : entries) {
      if (entry != null) {
        present.add((T) entry);
      }
    }
    return present;
  }

  /// Where `process` is, or would be.
  private int slot(int process) {
    int mask = entries.length - 1;
    int slot = ((process * 0x9E3779B9) >>> 7) & mask;
    while (entries[slot] != null && processes[slot] != process) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldProcesses = processes;
    @Nullable Object[] oldEntries = entries;
    processes = new int[oldProcesses.length * 2];
    entries = new @Nullable Object[oldEntries.length * 2];
    for (int i = 0; i < oldEntries.length; i++) {
      if (oldEntries[i] != null) {
        int slot = slot(oldProcesses[i]);
        processes[slot] = oldProcesses[i];
        entries[slot] = oldEntries[i];
      }
    }
  }
}
