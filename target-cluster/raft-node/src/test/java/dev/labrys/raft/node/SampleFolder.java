package dev.labrys.raft.node;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The files of a server, small enough to be damaged in all ways.
///
/// Entries 1 to 12 in two segments, in pairs that were each made to last; and a snapshot of the
/// first three. The last pair was written by a second process.
final class SampleFolder {
  static final Path FIRST = file("log-0000000001");
  static final Path LAST = file("log-0000000002");
  static final Identity IDENTITY = new Identity("sample", new ServerId(3));
  static final HardState STATE = new HardState(4, new ServerId(2));
  static final StorageLimits LIMITS = new StorageLimits(180, 100);

  private static final Configuration CLUSTER = Configuration.ofVoters(3);
  private static final long ENTRIES = 12;

  private SampleFolder() {}

  /// How the second process ended.
  enum Ending {
    KILLED,
    STOPPED
  }

  static Path file(String name) {
    return StorageTrial.FOLDER.resolve(name);
  }

  static Map<Path, byte[]> make(Ending ending) throws IOException, StorageException {
    MemoryFiles files = new MemoryFiles(new Seed(1).stream("disk"));
    Storage storage = open(files);
    storage.write(new Persist(STATE, List.of()));
    for (long index = 1; index < ENTRIES; index += 2) {
      if (index == ENTRIES - 1) {
        files.kill();
        storage = open(files);
      }
      storage.write(new Persist(STATE, List.of(entry(index, 0), entry(index + 1, 0))));
      storage.sync();
      if (index == 5) {
        LogPosition last = new LogPosition(3, STATE.term());
        storage.write(new SaveSnapshot(new Snapshot(last, CLUSTER, Bytes.of("three"))));
      }
    }
    if (ending == Ending.STOPPED) {
      storage.close();
    }
    return files.contents();
  }

  /// Entries of the same `variant` are of the same length.
  static Entry entry(long index, int variant) {
    Bytes command = Bytes.of("command %d.%02d".formatted(variant, index));
    return new Entry(index, STATE.term(), new Content.Command(command));
  }

  static MemoryFiles disk(Map<Path, byte[]> files, long seed) {
    return MemoryFiles.of(files, new Seed(seed).stream("disk"));
  }

  static Storage open(MemoryFiles files) throws IOException, StorageException {
    StorageFolder folder = new StorageFolder(StorageTrial.FOLDER, files, Fsync.ALWAYS);
    return Storage.open(folder, IDENTITY, CLUSTER, LIMITS);
  }

  static Stored found(Map<Path, byte[]> files) throws IOException, StorageException {
    return open(disk(files, 1)).stored();
  }

  static List<String> repairs(Map<Path, byte[]> files) throws IOException, StorageException {
    return open(disk(files, 1)).repairs();
  }

  /// The bytes of a file, which must be there.
  static byte[] bytes(Map<Path, byte[]> files, Path path) {
    return Objects.requireNonNull(files.get(path), path + " is missing");
  }

  /// The files with one of them changed.
  static Map<Path, byte[]> with(Map<Path, byte[]> files, Path path, Consumer<byte[]> change) {
    byte[] bytes = bytes(files, path).clone();
    change.accept(bytes);
    return with(files, path, bytes);
  }

  static Map<Path, byte[]> with(Map<Path, byte[]> files, Path path, byte[] contents) {
    Map<Path, byte[]> changed = new TreeMap<>(files);
    changed.put(path, contents);
    return changed;
  }

  static Map<Path, byte[]> without(Map<Path, byte[]> files, Path path) {
    Map<Path, byte[]> fewer = new TreeMap<>(files);
    fewer.remove(path);
    return fewer;
  }

  /// Where the records of a segment begin, and where the last one ends.
  static List<Integer> offsets(Map<Path, byte[]> files, Path segment) throws IOException {
    String name = segment.getFileName().toString();
    long number = RecordFile.segmentNumber(name).orElseThrow();
    StorageFolder folder = new StorageFolder(StorageTrial.FOLDER, disk(files, 1), Fsync.ALWAYS);
    List<Integer> offsets = new ArrayList<>(List.of(0));
    try (RecordReader records = RecordReader.open(folder, new RecordFile(number))) {
      while (records.poll() instanceof RecordReader.Found.Whole(Bytes _, long end)) {
        offsets.add((int) end);
      }
    }
    return offsets;
  }
}
