package dev.labrys.raft.node;

import dev.labrys.raft.LogPosition;
import java.util.Map;
import java.util.TreeMap;

/// The terms of a log's entries, without the entries: what has to be known to continue it.
final class LogTerms {

  /// Where each run of entries of one term begins. The first is not of an entry, but of the
  /// position before the first.
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  private LogPosition last;

  /// Of a log without entries after `base`.
  LogTerms(LogPosition base) {
    runs.put(base.index(), base.term());
    last = base;
  }

  /// The index before the first entry.
  long base() {
    return runs.firstKey();
  }

  /// The end of the log.
  LogPosition last() {
    return last;
  }

  /// Whether the log has this position, its base included.
  boolean has(LogPosition position) {
    return position.index() >= base()
        && position.index() <= last.index()
        && termAt(position.index()) == position.term();
  }

  /// The term of the entry at `index`, or of the base.
  long termAt(long index) {
    Map.Entry<Long, Long> run = runs.floorEntry(index);
    if (run == null || index > last.index()) {
      throw new IndexOutOfBoundsException(
          "entry %d of a log of %d..%d".formatted(index, base() + 1, last.index()));
    }
    return run.getValue();
  }

  /// Lets an entry come in place of all at its index or after it.
  void put(LogPosition entry) {
    long index = entry.index();
    if (index <= base() || index > last.index() + 1) {
      throw new IndexOutOfBoundsException(
          "entry %d does not continue a log of %d..%d".formatted(index, base() + 1, last.index()));
    }
    long termBefore = last.term();
    if (index <= last.index()) {
      termBefore = termAt(index - 1);
      runs.tailMap(index, true).clear();
    }
    if (termBefore != entry.term()) {
      runs.put(index, entry.term());
    }
    last = entry;
  }

  /// Forgets the entries up to `position`, which is one of the log's.
  void forgetTo(LogPosition position) {
    runs.headMap(position.index(), true).clear();
    runs.put(position.index(), position.term());
  }
}
