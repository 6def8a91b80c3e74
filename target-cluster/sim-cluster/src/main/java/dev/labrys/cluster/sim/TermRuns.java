package dev.labrys.cluster.sim;

import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import java.util.Arrays;
import java.util.List;

/// The term of every entry of a log, and nothing else of it.
///
/// Terms only grow along a log, so it is kept as runs of equal terms: a log of millions of entries
/// takes as little memory as there were leaders.
final class TermRuns {

  /// What [#termAt] says of an index that it has no term for.
  static final long UNKNOWN = -1;

  private long[] starts = new long[4];
  private long[] terms = new long[4];
  private int first;
  private int end;
  private long baseIndex;
  private long baseTerm;
  private long lastIndex;

  /// The index before the first entry: what a snapshot has replaced.
  long baseIndex() {
    return baseIndex;
  }

  long lastIndex() {
    return lastIndex;
  }

  long lastTerm() {
    return first == end ? baseTerm : terms[end - 1];
  }

  /// The term at `index`, that of the base included, or [#UNKNOWN].
  long termAt(long index) {
    if (index > lastIndex || index < baseIndex) {
      return UNKNOWN;
    }
    if (index == baseIndex) {
      return baseTerm;
    }
    return terms[runOf(index)];
  }

  /// The run that has `index`, which is among the entries. Most questions are about the last.
  private int runOf(long index) {
    if (starts[end - 1] <= index) {
      return end - 1;
    }
    int found = Arrays.binarySearch(starts, first, end, index);
    return found >= 0 ? found : -found - 2;
  }

  /// Whether it has the entry at `index` of `term`, or had it before it was compacted away.
  boolean covers(long index, long term) {
    return index < baseIndex || termAt(index) == term;
  }

  /// Starts anew at `base`, with no entries.
  void reset(long index, long term) {
    first = 0;
    end = 0;
    baseIndex = index;
    baseTerm = term;
    lastIndex = index;
  }

  /// Becomes what `other` is.
  void copy(TermRuns other) {
    starts = Arrays.copyOf(other.starts, other.starts.length);
    terms = Arrays.copyOf(other.terms, other.terms.length);
    first = other.first;
    end = other.end;
    baseIndex = other.baseIndex;
    baseTerm = other.baseTerm;
    lastIndex = other.lastIndex;
  }

  /// Adds the entry after the last.
  void append(long term) {
    lastIndex++;
    if (first != end && terms[end - 1] == term) {
      return;
    }
    if (end == starts.length) {
      makeRoom();
    }
    starts[end] = lastIndex;
    terms[end] = term;
    end++;
  }

  private void makeRoom() {
    int count = end - first;
    int capacity = count * 2 <= starts.length ? starts.length : starts.length * 2;
    long[] newStarts = new long[capacity];
    long[] newTerms = new long[capacity];
    System.arraycopy(starts, first, newStarts, 0, count);
    System.arraycopy(terms, first, newTerms, 0, count);
    starts = newStarts;
    terms = newTerms;
    first = 0;
    end = count;
  }

  /// Removes the entries after `index`.
  void truncate(long index) {
    while (end > first && starts[end - 1] > index) {
      end--;
    }
    lastIndex = Math.min(lastIndex, Math.max(index, baseIndex));
  }

  /// What a write of `entries` does: they replace what is at the first's index and after it.
  void write(List<Entry> entries) {
    int size = entries.size();
    for (int i = 0; i < size; i++) {
      Entry entry = entries.get(i);
      if (entry.index() <= lastIndex) {
        truncate(entry.index() - 1);
      }
      append(entry.term());
    }
  }

  /// What a write of a snapshot up to `position` does: it replaces the entries up to there, and if
  /// it isn't of this log, all others too (Figure 13).
  void compact(LogPosition position) {
    if (termAt(position.index()) != position.term()) {
      reset(position.index(), position.term());
      return;
    }
    while (end - first > 1 && starts[first + 1] <= position.index() + 1) {
      first++;
    }
    if (position.index() == lastIndex) {
      first = end;
    }
    baseIndex = position.index();
    baseTerm = position.term();
  }

  /// The last index at which the term is less than `term`; 0 if there is none, or none is known.
  long lastBefore(long term) {
    for (int run = end - 1; run >= first; run--) {
      if (terms[run] < term) {
        return run == end - 1 ? lastIndex : starts[run + 1] - 1;
      }
    }
    return baseTerm < term ? baseIndex : 0;
  }
}
