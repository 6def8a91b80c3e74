package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.RaftOptions.Fsync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The copy against an obvious model of what was forced; and a storage that is opened on it, which
/// has what it was said to have.
///
/// Longer with `-Dstorage.runs=<number>`; one run alone with `-Dstorage.seed=<seed>`.
final class SyncedCopyTest {
  private static final int RUNS = Integer.getInteger("storage.runs", 300);
  private static final int LIVES = 12;
  private static final int MOST_WRITES = 25;
  private static final Path COPY = Path.of("copy");

  @TempDir private Path parent;

  @Test
  void theCopyHasWhatWasForcedAndAStorageOnItHasWhatWasStored() throws Exception {
    Long only = Long.getLong("storage.seed");
    for (long run = 1; run <= RUNS; run++) {
      long seed = only == null ? run : only;
      try {
        run(seed);
      } catch (AssertionError | Exception found) {
        throw new AssertionError("falsified: -Dstorage.seed=%d".formatted(seed), found);
      }
    }
  }

  private static void run(long seed) throws IOException, StorageException {
    MemoryFiles files = new MemoryFiles(new Seed(seed).stream("disk"));
    StorageTrial trial = new StorageTrial(files, Fsync.ALWAYS);
    RandomGenerator random = new Seed(seed).stream("life");
    StorageScript script = new StorageScript(new Seed(seed).stream("script"));
    for (int life = 0; life < LIVES; life++) {
      live(files, trial, script, random);
      if (random.nextInt(3) == 0) {
        files.kill();
      } else {
        files = afterPowerLoss(files, seed);
      }
    }
    trial.open(new SyncedCopy(files, StorageTrial.FOLDER, COPY)).close();
  }

  /// As whoever ends the process makes it: the copy is in the folder's place, and is still there.
  private static MemoryFiles afterPowerLoss(MemoryFiles files, long seed) {
    Map<Path, byte[]> left = new TreeMap<>();
    files
        .contents()
        .forEach((path, bytes) -> {
          if (COPY.equals(path.getParent())) {
            left.put(path, bytes);
            left.put(StorageTrial.FOLDER.resolve(path.getFileName()), bytes);
          }
        });
    return MemoryFiles.of(left, new Seed(seed).stream("disk"));
  }

  /// From a start to the next crash, which may well come before the start is complete.
  private static void live(
      MemoryFiles files, StorageTrial trial, StorageScript script, RandomGenerator random)
      throws IOException, StorageException {
    if (random.nextBoolean()) {
      files.crashAfter(random.nextInt(160));
    }
    try {
      Storage storage = trial.open(new SyncedCopy(files, StorageTrial.FOLDER, COPY));
      int writes = random.nextInt(MOST_WRITES);
      for (int i = 0; i < writes; i++) {
        trial.write(storage, script.next(trial.written()));
        if (random.nextInt(3) == 0) {
          trial.sync(storage);
        }
        assertThat(copied(files)).isEqualTo(files.forced(StorageTrial.FOLDER));
      }
      if (random.nextInt(5) == 0) {
        trial.close(storage);
      }
    } catch (IOException crash) {
      if (!files.isCrashed()) {
        throw crash;
      }
    }
  }

  private static Map<String, Bytes> copied(MemoryFiles files) {
    Map<String, Bytes> copied = new TreeMap<>();
    files
        .contents()
        .forEach((path, bytes) -> {
          String name = path.getFileName().toString();
          if (COPY.equals(path.getParent()) && !name.startsWith(".")) {
            copied.put(name, Bytes.copyOf(bytes, 0, bytes.length));
          }
        });
    return copied;
  }

  @Test
  void bytesAndNamesAreInTheCopyOnceTheyAreForced() throws Exception {
    Path folder = parent.resolve("data");
    Path copy = parent.resolve("synced/data");
    SyncedCopy files = new SyncedCopy(new FileLayerOnDisk(), folder, copy);
    files.createFolders(folder);
    files.lock(folder.resolve("lock")).close();
    FileLayer.OpenFile file = files.create(folder.resolve("new"));

    write(file, 0, "forced ");
    file.force();
    assertThat(texts(copy)).isEmpty();
    files.forceFolder(folder);
    write(file, 7, "and not");
    files.rename(folder.resolve("new"), folder.resolve("old"));
    assertThat(texts(copy)).isEqualTo(Map.of("new", "forced "));

    files.forceFolder(folder);
    assertThat(texts(copy)).isEqualTo(Map.of("old", "forced "));
    write(file, 7, "as well");
    file.force();
    assertThat(texts(copy)).isEqualTo(Map.of("old", "forced as well"));
    file.truncate(6);
    file.force();
    files.delete(folder.resolve("old"));
    assertThat(texts(copy)).isEqualTo(Map.of("old", "forced"));
    files.forceFolder(folder);
    assertThat(texts(copy)).isEmpty();
    file.close();
  }

  private static void write(FileLayer.OpenFile file, long position, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    file.write(position, bytes, 0, bytes.length);
  }

  private static Map<String, String> texts(Path copy) throws IOException {
    try (Stream<Path> files = Files.list(copy)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .collect(Collectors.toMap(file -> file.getFileName().toString(), SyncedCopyTest::read));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }
}
