package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.HardState;
import dev.labrys.raft.Wire;
import dev.labrys.raft.WireFormatException;
import java.io.IOException;

/// The file of a server's term and vote: one record.
final class StateFile {
  private static final RecordFile FILE = RecordFile.STATE;

  private StateFile() {}

  static void replace(StorageFolder folder, HardState state) throws IOException {
    folder.replace(
        FILE.name(),
        file -> {
          RecordWriter records = new RecordWriter(file, FILE, 0);
          records.add(Wire.encode(state), Bytes.EMPTY);
          records.flush();
        });
  }

  static HardState read(StorageFolder folder) throws IOException, StorageException {
    try (RecordReader records = RecordReader.open(folder, FILE)) {
      Bytes body = records.next();
      records.end();
      return decode(body, records);
    }
  }

  private static HardState decode(Bytes body, RecordReader records) throws StorageException {
    try {
      return Wire.hardState(body);
    } catch (WireFormatException malformed) {
      throw records.damaged(0, malformed);
    }
  }
}
