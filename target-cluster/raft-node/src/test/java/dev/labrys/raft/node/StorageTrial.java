package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A storage on a disk with faults, and beside it what it may hold.
final class StorageTrial {
  static final Path FOLDER = Path.of("folder");
  static final Identity IDENTITY = new Identity("trial", new ServerId(3));
  static final Configuration INITIAL = Configuration.ofVoters(3);

  /// Small, so that much happens in a few kilobytes.
  static final StorageLimits LIMITS = new StorageLimits(2_000, 1_000);

  private final MemoryFiles files;
  private final Fsync fsync;

  /// What may be found: the first is what was made to last, the last is what was written since.
  private List<Stored> possible = List.of(Stored.initial(INITIAL));

  StorageTrial(MemoryFiles files, Fsync fsync) {
    this.files = files;
    this.fsync = fsync;
  }

  /// All that was written, be it stored or not.
  Stored written() {
    return possible.getLast();
  }

  /// Opens the storage, which must hold what it may hold.
  Storage open() throws IOException, StorageException {
    return open(files);
  }

  /// Opens it on another file system.
  Storage open(FileLayer others) throws IOException, StorageException {
    Storage storage =
        Storage.open(new StorageFolder(FOLDER, others, fsync), IDENTITY, INITIAL, LIMITS);
    assertThat(storage.stored()).isIn(possible);
    possible = List.of(storage.stored());
    return storage;
  }

  void write(Storage storage, Effect write) throws IOException {
    List<Stored> more = new ArrayList<>(possible);
    more.addAll(StoredOracle.after(written(), write));
    possible = more;
    write(write, storage);
  }

  static void write(Effect write, Storage storage) throws IOException {
    switch (write) {
      case Persist persist -> storage.write(persist);
      case SaveSnapshot save -> storage.write(save);
      default -> throw new IllegalArgumentException(write + " is no write");
    }
  }

  void sync(Storage storage) throws IOException {
    storage.sync();
    possible = List.of(written());
  }

  void close(Storage storage) throws IOException {
    storage.close();
    possible = List.of(written());
  }
}
