package dev.labrys.raft.node;

import dev.labrys.history.Seed;
import dev.labrys.raft.Effect;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A process that writes to a folder, and says so, until it is killed.
final class StorageChild {
  private static final int MOST_WRITES = 4;

  private StorageChild() {}

  /// Prints `0` when the folder is open, and the number of batches that it has stored after each.
  ///
  /// @param arguments the folder, and the seed that all writes are made from
  public static void main(String[] arguments) throws IOException, StorageException {
    try (Storage storage = open(Path.of(arguments[0]))) {
      Batches batches = new Batches(storage.stored(), Long.parseLong(arguments[1]));
      for (long stored = 0; !System.out.checkError(); stored++) {
        System.out.println(stored);
        for (Effect write : batches.next()) {
          StorageTrial.write(write, storage);
        }
        storage.sync();
      }
    }
  }

  static Storage open(Path folder) throws IOException, StorageException {
    return Storage.open(
        new StorageFolder(folder, new FileLayerOnDisk(), Fsync.ALWAYS),
        StorageTrial.IDENTITY,
        StorageTrial.INITIAL,
        StorageTrial.LIMITS);
  }

  /// Starts such a process.
  static Process start(Path folder, long seed) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StorageChild.class.getName(),
            folder.toString(),
            Long.toString(seed))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// What such a process writes: the same for the same seed.
  static final class Batches {
    private final RandomGenerator random;
    private final StorageScript script;
    private Stored written;

    Batches(Stored found, long seed) {
      random = new Seed(seed).stream("batches");
      script = new StorageScript(new Seed(seed).stream("script"));
      written = found;
    }

    /// What was written so far.
    Stored written() {
      return written;
    }

    List<Effect> next() {
      List<Effect> writes = new ArrayList<>();
      int count = 1 + random.nextInt(MOST_WRITES);
      for (int i = 0; i < count; i++) {
        Effect write = script.next(written);
        writes.add(write);
        written = StoredOracle.after(written, write).getLast();
      }
      return writes;
    }
  }
}
