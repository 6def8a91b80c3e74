package dev.labrys.raft.node;

import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.node.SegmentRecord.Opening;
import dev.labrys.raft.node.SegmentRecord.Seam;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The log on disk: segments, to the last of which is written.
final class SegmentedLog implements Closeable {
  private final StorageFolder folder;
  private final StorageLimits limits;
  private LogTerms terms;

  /// Those before the last, the oldest first.
  private final Deque<Sealed> sealed;

  private Segment active;
  private boolean isChanged;

  /// A segment that is only read any more.
  record Sealed(long number, Opening opening) {

    /// The end of the log where it begins.
    LogPosition base() {
      return opening.base();
    }
  }

  SegmentedLog(
      StorageFolder folder,
      StorageLimits limits,
      LogTerms terms,
      List<Sealed> sealed,
      Segment active) {
    this.folder = folder;
    this.limits = limits;
    this.terms = terms;
    this.sealed = new ArrayDeque<>(sealed);
    this.active = active;
  }

  LogPosition last() {
    return terms.last();
  }

  boolean has(LogPosition position) {
    return terms.has(position);
  }

  /// Complains if `entries` can't be written: they must continue the log, or replace its end.
  void check(List<Entry> entries) {
    long first = entries.getFirst().index();
    if (first <= terms.base() || first > last().index() + 1) {
      throw new IllegalArgumentException(
          "entry %d does not continue a log of %d..%d"
              .formatted(first, terms.base() + 1, last().index()));
    }
    LogPosition previous = new LogPosition(first - 1, terms.termAt(first - 1));
    for (Entry entry : entries) {
      if (entry.index() != previous.index() + 1 || entry.term() < previous.term()) {
        throw new IllegalArgumentException(
            "entry %s can't come after %s".formatted(entry.position(), previous));
      }
      previous = entry.position();
    }
  }

  /// Writes `entries`, in place of all that is at the first's index or after it: either all of them
  /// will be there, or none. They may share a segment only, so that one place decides about them.
  void append(List<Entry> entries) throws IOException {
    if (active.isFull()) {
      active.seal();
      sealed.addLast(new Sealed(active.number(), active.opening()));
      open(new Opening(Seam.CONTINUED, last()));
    }
    int following = entries.size();
    long previousTerm = terms.termAt(entries.getFirst().index() - 1);
    for (Entry entry : entries) {
      following--;
      active.add(entry, previousTerm, following);
      terms.put(entry.position());
      previousTerm = entry.term();
    }
    isChanged = true;
  }

  private void open(Opening opening) throws IOException {
    active = Segment.create(folder, limits, active.number() + 1, opening);
  }

  /// Makes all that was written last.
  void force() throws IOException {
    active.force();
  }

  /// Lets a snapshot that is stored already replace the log up to it; and the rest too, if the
  /// entry it ends with is not there (Figure 13).
  void compact(LogPosition snapshot) throws IOException {
    if (has(snapshot)) {
      terms.forgetTo(snapshot);
      while (!sealed.isEmpty() && baseOfSecond().index() <= snapshot.index()) {
        removeFirst();
      }
    } else {
      startAnew(snapshot);
    }
  }

  private void startAnew(LogPosition base) throws IOException {
    active.close();
    sealed.addLast(new Sealed(active.number(), active.opening()));
    open(new Opening(Seam.STARTED_ANEW, base));
    terms = new LogTerms(base);
    while (!sealed.isEmpty()) {
      removeFirst();
    }
  }

  /// Where the second segment begins is where the first one's entries end at the latest.
  private LogPosition baseOfSecond() {
    return sealed.stream().skip(1).findFirst().map(Sealed::base).orElse(active.opening().base());
  }

  /// Removes the oldest segment, to last, so that there is never a gap between segments.
  private void removeFirst() throws IOException {
    folder.delete(new RecordFile(sealed.removeFirst().number()).name());
    folder.force();
  }

  /// Ends in good order.
  void stop() throws IOException {
    force();
    if (isChanged) {
      active.stop();
    }
  }

  @Override
  public void close() throws IOException {
    active.close();
  }
}
