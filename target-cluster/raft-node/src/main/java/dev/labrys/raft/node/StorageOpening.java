package dev.labrys.raft.node;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import dev.labrys.raft.node.SegmentRecord.Opening;
import dev.labrys.raft.node.SegmentRecord.Seam;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Makes a folder what a server can work with, or tells why it can't.
final class StorageOpening {
  private static final long FIRST_SEGMENT = 1;

  private final StorageFolder folder;
  private final StorageLimits limits;
  private final Identity identity;
  private final List<String> repairs = new ArrayList<>();

  StorageOpening(StorageFolder folder, StorageLimits limits, Identity identity) {
    this.folder = folder;
    this.limits = limits;
    this.identity = identity;
  }

  /// What a folder holds, and the log to go on with.
  ///
  /// @param repairs what had to be done to it, for people
  record Opened(Stored stored, SegmentedLog log, List<String> repairs) {}

  Opened open(Configuration initial) throws IOException, StorageException {
    removeTemporary();
    forceAll();
    if (!has(IdentityFile.NAME)) {
      create(initial);
    }
    return read();
  }

  private boolean has(String name) throws IOException {
    return folder.names().contains(name);
  }

  private void removeTemporary() throws IOException {
    for (String name :
        List.of(IdentityFile.NAME, RecordFile.STATE.name(), RecordFile.SNAPSHOT.name())) {
      folder.removeTemporary(name);
    }
  }

  /// A process that was killed leaves to the operating system what it had not forced yet. It can be
  /// read, and will be lost with the power nevertheless, in any order: so first of all it is
  /// forced.
  private void forceAll() throws IOException {
    for (String name : folder.names()) {
      if (isOurs(name)) {
        try (FileLayer.OpenFile file = folder.open(name)) {
          folder.force(file);
        }
      }
    }
    folder.force();
  }

  private static boolean isOurs(String name) {
    return name.equals(IdentityFile.NAME)
        || name.equals(RecordFile.STATE.name())
        || name.equals(RecordFile.SNAPSHOT.name())
        || RecordFile.segmentNumber(name).isPresent();
  }

  private void create(Configuration initial) throws IOException, StorageException {
    refuseIfUsed();
    for (String name : folder.names()) {
      if (isOurs(name)) {
        folder.delete(name);
      }
    }
    StateFile.replace(folder, HardState.INITIAL);
    SnapshotFile.replace(folder, new SnapshotFile.Saved(Snapshot.initial(initial), Seam.CONTINUED));
    Opening opening = new Opening(Seam.STARTED_ANEW, LogPosition.ZERO);
    Segment.create(folder, limits, FIRST_SEGMENT, opening).close();
    IdentityFile.replace(folder, identity);
  }

  /// A folder that says not whose it is may be one that was not completed: then it holds nothing.
  private void refuseIfUsed() throws IOException, StorageException {
    for (String name : folder.names()) {
      if (isOurs(name) && isUsed(name)) {
        throw StorageException.inconsistent(
            folder.file(IdentityFile.NAME), "is missing, and %s has been used".formatted(name));
      }
    }
  }

  private boolean isUsed(String name) throws IOException, StorageException {
    if (name.equals(RecordFile.STATE.name())) {
      return !StateFile.read(folder).equals(HardState.INITIAL);
    }
    if (name.equals(RecordFile.SNAPSHOT.name())) {
      return SnapshotFile.read(folder).snapshot().last().index() > 0;
    }
    long number = RecordFile.segmentNumber(name).orElse(FIRST_SEGMENT);
    try (RecordReader records = RecordReader.open(folder, new RecordFile(number))) {
      return records.seek(1) < records.size();
    }
  }

  private Opened read() throws IOException, StorageException {
    Identity found = IdentityFile.read(folder);
    if (!found.equals(identity)) {
      throw new StorageException(
          "%s belongs to %s, and this is %s".formatted(folder.path(), found, identity),
          "Give this server a folder of its own");
    }
    for (RecordFile file : List.of(RecordFile.STATE, RecordFile.SNAPSHOT)) {
      if (!has(file.name())) {
        throw StorageException.inconsistent(folder.file(file.name()), "is missing");
      }
    }
    HardState state = StateFile.read(folder);
    SnapshotFile.Saved saved = SnapshotFile.read(folder);
    LogRecovery.Recovered recovered =
        new LogRecovery(folder, limits, saved, repairs).recover(state);
    return new Opened(
        new Stored(state, saved.snapshot(), recovered.entries()),
        recovered.log(),
        List.copyOf(repairs));
  }
}
