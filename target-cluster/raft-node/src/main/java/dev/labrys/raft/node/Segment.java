package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Wire;
import dev.labrys.raft.node.SegmentRecord.Opening;
import dev.labrys.raft.node.SegmentRecord.Stopped;
import java.io.Closeable;
import java.io.IOException;

/// The last segment of the log, to which entries are added.
final class Segment implements Closeable {
  private final StorageFolder folder;
  private final StorageLimits limits;
  private final long number;
  private final Opening opening;
  private final FileLayer.OpenFile file;
  private final RecordWriter records;

  /// Up to where all was handed to the disk, and according to the policy forced.
  private long synced;

  /// The end of the file: zeros from where records end.
  private long zeroed;

  private Segment(
      StorageFolder folder,
      StorageLimits limits,
      long number,
      Opening opening,
      FileLayer.OpenFile file,
      long end)
      throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.number = number;
    this.opening = opening;
    this.file = file;
    this.records = new RecordWriter(file, new RecordFile(number), end);
    this.synced = end;
    this.zeroed = file.size();
  }

  /// Makes a new segment, to last.
  static Segment create(StorageFolder folder, StorageLimits limits, long number, Opening opening)
      throws IOException {
    FileLayer.OpenFile file = folder.create(new RecordFile(number).name());
    Segment segment = new Segment(folder, limits, number, opening, file, 0);
    segment.records.add(SegmentRecord.encode(opening), Bytes.EMPTY);
    segment.force();
    folder.force();
    return segment;
  }

  /// Opens a segment again whose records end at `end`.
  static Segment reopen(
      StorageFolder folder, StorageLimits limits, long number, Opening opening, long end)
      throws IOException {
    FileLayer.OpenFile file = folder.open(new RecordFile(number).name());
    return new Segment(folder, limits, number, opening, file, end);
  }

  long number() {
    return number;
  }

  Opening opening() {
    return opening;
  }

  boolean isFull() {
    return records.end() >= limits.segmentBytes();
  }

  void add(Entry entry, long previousTerm, int following) throws IOException {
    records.add(SegmentRecord.encode(unforced(), previousTerm, following), Wire.encode(entry));
  }

  private long unforced() {
    return folder.isForcing() ? records.end() - synced : records.end();
  }

  /// Makes all that was added last.
  void force() throws IOException {
    long end = records.end();
    if (end == synced) {
      return;
    }
    records.flush();
    if (folder.isForcing() && end > zeroed) {
      file.write(end, new byte[limits.zeroedBytes()], 0, limits.zeroedBytes());
      zeroed = end + limits.zeroedBytes();
    }
    folder.force(file);
    synced = end;
  }

  /// Ends the segment: another one follows.
  void seal() throws IOException {
    records.flush();
    file.truncate(records.end());
    folder.force(file);
    file.close();
  }

  /// Notes that the server stops, which tells damage done to the last records from now on from the
  /// traces of a loss of power.
  void stop() throws IOException {
    records.add(SegmentRecord.encode(new Stopped(unforced())), Bytes.EMPTY);
    force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
