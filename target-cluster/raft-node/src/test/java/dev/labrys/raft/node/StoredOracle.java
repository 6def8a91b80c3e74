package dev.labrys.raft.node;

import dev.labrys.raft.Effect;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;

/// What a disk without faults would hold.
final class StoredOracle {
  private StoredOracle() {}

  /// What may be there after `write` was made, in order: the last is all of it.
  static List<Stored> after(Stored stored, Effect write) {
    return switch (write) {
      case Persist persist ->
          List.of(
              new Stored(persist.state(), stored.snapshot(), stored.entries()),
              new Stored(
                  persist.state(),
                  stored.snapshot(),
                  replaceEnd(stored.entries(), persist.entries())));
      case SaveSnapshot(Snapshot snapshot) ->
          List.of(new Stored(stored.state(), snapshot, entriesAfter(stored, snapshot.last())));
      default -> throw new IllegalArgumentException(write + " is no write");
    };
  }

  private static List<Entry> replaceEnd(List<Entry> entries, List<Entry> end) {
    if (end.isEmpty()) {
      return entries;
    }
    List<Entry> replaced = new ArrayList<>(entries);
    replaced.removeIf(entry -> entry.index() >= end.getFirst().index());
    replaced.addAll(end);
    return replaced;
  }

  private static List<Entry> entriesAfter(Stored stored, LogPosition last) {
    boolean isContinued =
        stored.snapshot().last().equals(last)
            || stored.entries().stream().anyMatch(entry -> entry.position().equals(last));
    return isContinued
        ? stored.entries().stream().filter(entry -> entry.index() > last.index()).toList()
        : List.of();
  }

  /// The end of the log.
  static LogPosition last(Stored stored) {
    return stored.entries().isEmpty()
        ? stored.snapshot().last()
        : stored.entries().getLast().position();
  }
}
