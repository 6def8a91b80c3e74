package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;

/// The clusters that a log speaks of, in order. The last one is in force, committed or not (§6).
final class Memberships {
  private final List<Since> history = new ArrayList<>();

  /// @param index of the entry with which it came into force
  private record Since(long index, Configuration configuration) {}

  Memberships(Snapshot snapshot, List<Entry> entries) {
    history.add(new Since(snapshot.last().index(), snapshot.configuration()));
    append(entries);
  }

  /// The cluster as of the end of the log.
  Configuration current() {
    return history.getLast().configuration();
  }

  /// The index of the entry that made it so.
  long currentIndex() {
    return history.getLast().index();
  }

  /// The cluster as of the entry `index`, which no snapshot has replaced.
  Configuration asOf(long index) {
    int i = history.size() - 1;
    while (history.get(i).index() > index) {
      i--;
    }
    return history.get(i).configuration();
  }

  /// Whether `server` votes in the cluster in force, or in one before it that may be in force
  /// still, for all that is known to be committed.
  boolean mayBeVoter(ServerId server, long commitIndex) {
    int i = history.size() - 1;
    while (i > 0
        && history.get(i).index() > commitIndex
        && !history.get(i).configuration().isVoter(server)) {
      i--;
    }
    return history.get(i).configuration().isVoter(server);
  }

  /// Follows [RaftLog#append].
  void append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    while (history.getLast().index() >= entries.getFirst().index()) {
      history.removeLast();
    }
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.content() instanceof Content.Membership(Configuration configuration)) {
        history.add(new Since(entry.index(), configuration));
      }
    }
  }

  /// Follows [RaftLog#compactTo].
  void compactTo(long index) {
    while (history.size() > 1 && history.get(1).index() <= index) {
      history.removeFirst();
    }
  }

  /// Follows [RaftLog#replaceBy].
  void replaceBy(Snapshot snapshot) {
    history.clear();
    history.add(new Since(snapshot.last().index(), snapshot.configuration()));
  }
}
