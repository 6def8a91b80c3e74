package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Wire;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import dev.labrys.raft.node.SegmentRecord.Seam;
import java.io.IOException;

/// The file of the snapshot: a record that says of what, and the state machine's account of itself
/// in pieces.
final class SnapshotFile {
  private static final RecordFile FILE = RecordFile.SNAPSHOT;
  private static final int PIECE_BYTES = 1 << 17;

  private SnapshotFile() {}

  /// A snapshot as it was written.
  ///
  /// @param seam whether the log of that time had the entry that the snapshot ends with, so that
  ///   what came after it stayed
  record Saved(Snapshot snapshot, Seam seam) {}

  static void replace(StorageFolder folder, Saved saved) throws IOException {
    folder.replace(FILE.name(), file -> write(saved, new RecordWriter(file, FILE, 0)));
  }

  private static void write(Saved saved, RecordWriter records) throws IOException {
    Snapshot snapshot = saved.snapshot();
    Bytes state = snapshot.state();
    Bytes head =
        new WireWriter(8).octet(SegmentRecord.code(saved.seam())).number(state.length()).toBytes();
    Snapshot stateless = new Snapshot(snapshot.last(), snapshot.configuration(), Bytes.EMPTY);
    records.add(head, Wire.encode(stateless));
    for (int start = 0; start < state.length(); start += PIECE_BYTES) {
      int end = Math.min(state.length() - PIECE_BYTES, start) + PIECE_BYTES;
      records.add(state.slice(start, end), Bytes.EMPTY);
    }
    records.flush();
  }

  static Saved read(StorageFolder folder) throws IOException, StorageException {
    try (RecordReader records = RecordReader.open(folder, FILE)) {
      return read(records);
    }
  }

  private static Saved read(RecordReader records) throws IOException, StorageException {
    WireReader head = new WireReader(records.next());
    try {
      Seam seam = SegmentRecord.seam(head);
      // No more memory than the file can fill.
      long left = records.size() - records.position();
      int length = (int) head.numberWithin(0, Math.min(left, Integer.MAX_VALUE));
      Snapshot stateless = Wire.snapshot(head.rest());
      Bytes state = state(records, length);
      return new Saved(new Snapshot(stateless.last(), stateless.configuration(), state), seam);
    } catch (WireFormatException malformed) {
      throw records.damaged(0, malformed);
    }
  }

  private static Bytes state(RecordReader records, int length)
      throws IOException, StorageException {
    WireWriter state = new WireWriter(length);
    while (state.length() < length) {
      state.rest(records.next());
    }
    records.end();
    return state.toBytes();
  }
}
