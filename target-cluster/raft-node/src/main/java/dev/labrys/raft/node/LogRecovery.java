package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.node.RecordReader.Found;
import dev.labrys.raft.node.SegmentRecord.Opening;
import dev.labrys.raft.node.SegmentRecord.Seam;
import dev.labrys.raft.node.SegmentRecord.Stopped;
import dev.labrys.raft.node.SegmentRecord.Written;
import dev.labrys.raft.node.SegmentedLog.Sealed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds out what a log on disk says, and brings it into a state in which it can be continued.
///
/// A loss of power leaves traces at one place only: after what had been forced, which is the end of
/// the last segment. There, some of what was written may be missing, in pieces of any size, and
/// what came before a missing piece counts, no more. Each record tells how much before it had been
/// forced when it was written; so if a record is there that says so of a damaged place, that place
/// was damaged later. Such a log is refused, as is damage anywhere else: who went on with what is
/// left would break its word.
final class LogRecovery {
  private final StorageFolder folder;
  private final StorageLimits limits;
  private final SnapshotFile.Saved saved;
  private final List<String> repairs;

  LogRecovery(
      StorageFolder folder, StorageLimits limits, SnapshotFile.Saved saved, List<String> repairs) {
    this.folder = folder;
    this.limits = limits;
    this.saved = saved;
    this.repairs = repairs;
  }

  /// A log, ready to be continued.
  ///
  /// @param entries those after the snapshot
  record Recovered(SegmentedLog log, List<Entry> entries) {}

  Recovered recover() throws IOException, StorageException {
    List<Sealed> segments = segments();
    LogReplay replay = new LogReplay(segments.getFirst().base());
    for (Sealed segment : segments.subList(0, segments.size() - 1)) {
      readSealed(segment, replay);
    }
    Sealed last = segments.removeLast();
    long end = readLast(last, replay);
    List<Entry> entries = afterSnapshot(replay);
    Segment active = Segment.reopen(folder, limits, last.number(), last.base(), end);
    SegmentedLog log = new SegmentedLog(folder, limits, replay.terms(), segments, active);
    log.compact(saved.snapshot().last());
    return new Recovered(log, entries);
  }

  private List<Entry> afterSnapshot(LogReplay replay) throws StorageException {
    LogPosition snapshot = saved.snapshot().last();
    if (replay.terms().has(snapshot)) {
      return replay.entriesAfter(snapshot.index());
    }
    if (saved.seam() == Seam.CONTINUED) {
      throw StorageException.inconsistent(
          folder.path(),
          "the log ends at %s, and had entry %s when the snapshot was taken"
              .formatted(replay.terms().last(), snapshot));
    }
    return List.of();
  }

  /// The segments that count, in order: from the last at which the log started anew.
  private List<Sealed> segments() throws IOException, StorageException {
    List<Long> numbers = numbers();
    if (!hasOpening(numbers.getLast())) {
      removeUnopened(numbers);
    }
    List<Sealed> segments = new ArrayList<>();
    for (long number : numbers) {
      Opening opening = opening(number);
      if (opening.seam() == Seam.STARTED_ANEW) {
        for (Sealed outdated : segments) {
          folder.delete(new RecordFile(outdated.number()).name());
          folder.force();
        }
        segments.clear();
      }
      segments.add(new Sealed(number, opening.base()));
    }
    LogPosition base = segments.getFirst().base();
    if (base.index() > saved.snapshot().last().index()) {
      throw StorageException.inconsistent(
          folder.path(),
          "the snapshot ends with entry %d, and the log begins after %d"
              .formatted(saved.snapshot().last().index(), base.index()));
    }
    return segments;
  }

  private List<Long> numbers() throws IOException, StorageException {
    List<Long> numbers = new ArrayList<>();
    for (String name : folder.names()) {
      RecordFile.segmentNumber(name).ifPresent(numbers::add);
    }
    if (numbers.isEmpty()) {
      throw StorageException.inconsistent(folder.path(), "there is no log");
    }
    for (int i = 1; i < numbers.size(); i++) {
      RecordFile expected = new RecordFile(numbers.get(i - 1) + 1);
      if (numbers.get(i) != expected.number()) {
        throw StorageException.inconsistent(
            folder.file(expected.name()),
            "is missing between %s and %s"
                .formatted(
                    new RecordFile(numbers.get(i - 1)).name(),
                    new RecordFile(numbers.get(i)).name()));
      }
    }
    return numbers;
  }

  private boolean hasOpening(long number) throws IOException {
    try (RecordReader records = open(number)) {
      return records.at(0) instanceof Found.Whole;
    }
  }

  /// A segment gets its first entry when its opening is forced. So one without an opening holds
  /// nothing else, or was damaged.
  private void removeUnopened(List<Long> numbers) throws IOException, StorageException {
    RecordFile file = new RecordFile(numbers.removeLast());
    try (RecordReader records = open(file.number())) {
      refuseIfForced(0, records);
      if (numbers.isEmpty() || !records.isZeroFrom(SegmentRecord.MOST_OPENING_BYTES)) {
        throw records.damaged(0, RecordReader.problem(records.at(0)));
      }
    }
    folder.delete(file.name());
    folder.force();
    repairs.add("removed %s, which had not been begun".formatted(folder.file(file.name())));
  }

  private Opening opening(long number) throws IOException, StorageException {
    try (RecordReader records = open(number)) {
      if (decode(records.next(), 0, records) instanceof Opening opening) {
        return opening;
      }
      throw records.damaged(0, "expected the opening of a segment, found another record");
    }
  }

  private RecordReader open(long number) throws IOException {
    return RecordReader.open(folder, new RecordFile(number));
  }

  /// Reads a segment that was finished before the next one was begun.
  private void readSealed(Sealed segment, LogReplay replay) throws IOException, StorageException {
    try (RecordReader records = open(segment.number())) {
      checkBase(segment, replay, records);
      records.next();
      while (records.position() < records.size()) {
        long offset = records.position();
        replay(records.next(), offset, replay, records);
      }
      if (replay.isWithinGroup()) {
        throw records.damaged(records.size(), "expected an entry, found the end of the file");
      }
    }
  }

  private static void checkBase(Sealed segment, LogReplay replay, RecordReader records)
      throws StorageException {
    LogPosition last = replay.terms().last();
    if (!segment.base().equals(last)) {
      throw records.damaged(
          0, "expected a log that goes on after %s, found %s".formatted(last, segment.base()));
    }
  }

  private static void replay(Bytes body, long offset, LogReplay replay, RecordReader records)
      throws StorageException {
    switch (decode(body, offset, records)) {
      case Written written -> replay.add(written, offset, records);
      case Stopped _ -> {}
      case Opening _ -> throw records.damaged(offset, "expected an entry, found an opening");
    }
  }

  private static SegmentRecord decode(Bytes body, long offset, RecordReader records)
      throws StorageException {
    try {
      return SegmentRecord.decode(body);
    } catch (WireFormatException malformed) {
      throw records.damaged(offset, malformed);
    }
  }

  /// Reads the segment that was written last, and cuts what a loss of power left of the last
  /// writes.
  ///
  /// @return where its records end
  private long readLast(Sealed segment, LogReplay replay) throws IOException, StorageException {
    long end;
    boolean isClean;
    try (RecordReader records = open(segment.number())) {
      checkBase(segment, replay, records);
      records.next();
      long offset = records.position();
      while (records.poll() instanceof Found.Whole(Bytes body, long next)) {
        replay(body, offset, replay, records);
        offset = next;
      }
      isClean = records.isZeroFrom(offset);
      if (!isClean) {
        refuseIfForced(offset, records);
      }
      end = offset;
    }
    if (replay.isWithinGroup()) {
      end = replay.dropGroup();
      isClean = false;
    }
    if (!isClean) {
      cut(new RecordFile(segment.number()), end);
    }
    return end;
  }

  /// Complains if a record after the damaged place tells that the place had been forced.
  private void refuseIfForced(long damaged, RecordReader records)
      throws IOException, StorageException {
    long offset = records.seek(damaged + 1);
    while (records.at(offset) instanceof Found.Whole(Bytes body, long end)) {
      long unforced =
          switch (decode(body, offset, records)) {
            case Written written -> written.unforced();
            case Stopped stopped -> stopped.unforced();
            case Opening _ -> offset;
          };
      if (offset - unforced > damaged) {
        throw records.damaged(
            damaged,
            "%s; what was written at %d, after this had been stored, is there"
                .formatted(RecordReader.problem(records.at(damaged)), offset));
      }
      offset = records.seek(end);
    }
  }

  private void cut(RecordFile segment, long end) throws IOException {
    try (FileLayer.OpenFile file = folder.open(segment.name())) {
      long size = file.size();
      file.truncate(end);
      folder.force(file);
      repairs.add(
          "cut %s from %d to %d bytes: the last write was not complete"
              .formatted(folder.file(segment.name()), size, end));
    }
  }
}
