package dev.labrys.cluster.sim;

import dev.labrys.raft.Entry;
import org.jspecify.annotations.Nullable;

/// Every entry that a leader has made, with the term of the one before it.
///
/// By induction this is all of Log Matching: if each entry that a server stores is the one entry of
/// its index and term, and follows the one that this follows, then its log up to there is the log
/// of everybody else who has it.
///
/// Old ones are [dropped][#dropBefore], and are not known any more.
final class CreatedEntries {
  private @Nullable Created[] byIndex = new Created[1 << 10];
  private long from = 1;
  private long to = 1;

  /// @param other another entry of the same index: of a term in which nobody knew of this one
  private record Created(Entry entry, long previousTerm, @Nullable Created other) {}

  /// Whether what is known reaches back to `index`.
  boolean reaches(long index) {
    return index >= from;
  }

  /// The entry made for `index` in `term`, if any.
  @Nullable Entry find(long index, long term) {
    Created created = created(index, term);
    return created == null ? null : created.entry;
  }

  /// The term of the entry before the one made for `index` in `term`; if there is none,
  /// [TermRuns#UNKNOWN].
  long previousTerm(long index, long term) {
    Created created = created(index, term);
    return created == null ? TermRuns.UNKNOWN : created.previousTerm;
  }

  private @Nullable Created created(long index, long term) {
    if (index < from || index >= to) {
      return null;
    }
    Created created = byIndex[slot(index)];
    while (created != null && created.entry.term() != term) {
      created = created.other;
    }
    return created;
  }

  /// Keeps a new entry.
  void add(Entry entry, long previousTerm) {
    long index = entry.index();
    if (index < from) {
      return;
    }
    if (index - from >= byIndex.length) {
      makeRoom(index);
    }
    for (; to <= index; to++) {
      byIndex[slot(to)] = null;
    }
    byIndex[slot(index)] = new Created(entry, previousTerm, byIndex[slot(index)]);
  }

  private void makeRoom(long index) {
    @Nullable Created[] larger =
        new Created[Integer.highestOneBit(Math.toIntExact(index - from)) * 2];
    for (long i = from; i < to; i++) {
      larger[(int) i & (larger.length - 1)] = byIndex[slot(i)];
    }
    byIndex = larger;
  }

  private int slot(long index) {
    return (int) index & (byIndex.length - 1);
  }

  /// Drops the entries before `index`.
  void dropBefore(long index) {
    for (; from < index; from++) {
      if (from < to) {
        byIndex[slot(from)] = null;
      }
    }
    to = Math.max(to, from);
  }
}
