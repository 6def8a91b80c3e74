package dev.labrys.raft.node;

import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.node.SegmentRecord.Written;
import java.util.ArrayList;
import java.util.List;

/// What the records of a log amount to, one after the other.
final class LogReplay {
  private LogTerms terms;

  /// Those after the base.
  private final List<Entry> entries = new ArrayList<>();

  /// What was written at once, as far as it has been seen.
  private final List<Written> group = new ArrayList<>();

  private long groupStart;

  LogReplay(LogPosition base) {
    terms = new LogTerms(base);
  }

  LogTerms terms() {
    return terms;
  }

  List<Entry> entriesAfter(long index) {
    return List.copyOf(entries.subList((int) (index - terms.base()), entries.size()));
  }

  /// Whether the last entry seen was written together with others, not all of which were seen.
  boolean isWithinGroup() {
    return !group.isEmpty();
  }

  /// Forgets the entries that were written together and are not all there.
  ///
  /// @return where the first of them begins
  long dropGroup() {
    group.clear();
    return groupStart;
  }

  /// Takes the record that begins at `offset`.
  void add(Written written, long offset, RecordReader records) throws StorageException {
    if (group.isEmpty()) {
      groupStart = offset;
    } else {
      Written previous = group.getLast();
      if (written.following() != previous.following() - 1
          || written.entry().index() != previous.entry().index() + 1) {
        throw records.damaged(
            offset,
            "expected the entry after %d, found %d"
                .formatted(previous.entry().index(), written.entry().index()));
      }
    }
    group.add(written);
    if (written.following() == 0) {
      for (Written each : group) {
        put(each, offset, records);
      }
      group.clear();
    }
  }

  private void put(Written written, long offset, RecordReader records) throws StorageException {
    Entry entry = written.entry();
    long index = entry.index();
    long previousTerm = written.previousTerm();
    if (index > terms.last().index() + 1) {
      throw records.damaged(
          offset, "expected entry %d, found %d".formatted(terms.last().index() + 1, index));
    }
    if (index <= terms.base()) {
      // It replaced entries of a segment that was removed since.
      terms = new LogTerms(new LogPosition(index - 1, previousTerm));
      entries.clear();
    }
    long expectedTerm = terms.termAt(index - 1);
    if (previousTerm != expectedTerm || entry.term() < previousTerm) {
      throw records.damaged(
          offset,
          "expected an entry after one of term %d, found %s after one of term %d"
              .formatted(expectedTerm, entry.position(), previousTerm));
    }
    terms.put(entry.position());
    entries.subList((int) (index - terms.base() - 1), entries.size()).clear();
    entries.add(entry);
  }
}
