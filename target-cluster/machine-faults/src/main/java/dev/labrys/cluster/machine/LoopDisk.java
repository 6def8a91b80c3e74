package dev.labrys.cluster.machine;

import dev.labrys.cluster.KnownProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A disk for a node alone: an ext4 file system in a file of this machine, mounted by root. So it
/// can be full, stand still, and lose what was not synced, and nobody else notices.
final class LoopDisk {

  /// How the files end.
  static final String SUFFIX = ".labrys-disk";

  /// The file takes no more of the machine than was written.
  private static final long BYTES = 512L << 20;

  /// The journal is written by itself after so long, and with it what nobody synced: hardly ever.
  private static final String OPTIONS = "loop,noatime,commit=300";

  private static final String FILLER = ".filler";
  private static final int CHUNK_BYTES = 1 << 16;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path image;
  private final Path folder;
  private boolean isFrozen;

  /// @param image the file
  /// @param folder where it is mounted
  LoopDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /// Why there can't be any here; empty if all that is done with them was seen to work.
  static Optional<String> complaint() {
    try {
      Path trial = Files.createTempDirectory("labrys-trial");
      Path image = trial.resolve("trial" + SUFFIX);
      Path folder = trial.resolve("disk");
      try {
        tryOut(new LoopDisk(image, folder));
      } finally {
        Files.deleteIfExists(image);
        Files.deleteIfExists(folder);
        Files.delete(trial);
      }
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(
          "disks of their own for nodes take root on Linux, loop devices, and the programs"
              + " mkfs.ext4 (e2fsprogs), mount and fsfreeze (util-linux): "
              + refused.getMessage());
    }
  }

  private static void tryOut(LoopDisk disk) throws IOException {
    disk.create();
    try {
      Path written = disk.folder.resolve("written");
      Files.writeString(written, "x");
      disk.losePower();
      if (Files.exists(written)) {
        throw new IOException("what was not synced outlives a loss of power");
      }
      disk.freeze();
      disk.thaw();
    } finally {
      disk.remove();
    }
  }

  /// Makes it, and mounts it.
  void create() throws IOException {
    Files.createDirectories(folder);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Tool.run(List.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()), "");
    DiskMark.write(image, KnownProcess.self());
    mount();
    Files.deleteIfExists(folder.resolve("lost+found"));
  }

  private void mount() throws IOException {
    Tool.run(List.of("mount", "-o", OPTIONS, image.toString(), folder.toString()), "");
  }

  /// Where it is mounted.
  Path folder() {
    return folder;
  }

  /// Takes the file system out of the machine. Its file stays.
  void remove() throws IOException {
    thaw();
    unmount(folder);
    DiskMark.delete(image);
  }

  /// Takes a file system out of the machine. Somebody who has just ended may still use it.
  static void unmount(Path folder) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Mounts.isMounted(folder)) {
      try {
        Tool.run(List.of("umount", folder.toString()), "");
      } catch (IOException busy) {
        if (System.nanoTime() > deadline) {
          throw busy;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /// Takes a file system out of sight at once, and out of the machine when its last user ends.
  static void detach(Path folder) throws IOException {
    if (Mounts.isMounted(folder)) {
      Tool.run(List.of("umount", "--lazy", folder.toString()), "");
    }
  }

  /// Leaves no space on it.
  void fill() throws IOException {
    Path filler = folder.resolve(FILLER);
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free > CHUNK_BYTES && !Files.exists(filler)) {
      try {
        Tool.run(List.of("fallocate", "--length", Long.toString(free), filler.toString()), "");
      } catch (IOException notAll) {
        // It takes what it gets, or is not there; the rest is filled below.
      }
    }
    for (int bytes = CHUNK_BYTES; bytes > 0; bytes /= 16) {
      fillBy(filler, new byte[bytes]);
    }
  }

  private static void fillBy(Path filler, byte[] chunk) {
    try (OutputStream out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      // That is what it is for.
    }
  }

  /// Undoes [#fill].
  void makeRoom() throws IOException {
    Files.deleteIfExists(folder.resolve(FILLER));
  }

  /// Lets nobody write or sync until [#thaw]; who tries waits, and can't even be killed.
  void freeze() throws IOException {
    if (!isFrozen) {
      Tool.run(List.of("fsfreeze", "--freeze", folder.toString()), "");
      isFrozen = true;
    }
  }

  void thaw() throws IOException {
    if (isFrozen) {
      thaw(folder);
      isFrozen = false;
    }
  }

  /// @throws IOException if it stands still nevertheless, or never did
  static void thaw(Path folder) throws IOException {
    Tool.run(List.of("fsfreeze", "--unfreeze", folder.toString()), "");
  }

  /// Loses what was not synced. Nobody may use it meanwhile.
  void losePower() throws IOException {
    thaw();
    PowerSwitch.cut(folder);
    unmount(folder);
    awaitUnused();
    mount();
  }

  /// As long as anybody holds the dead file system, mounting would bring just that one back.
  private void awaitUnused() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Mounts.isInUse(image)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the disk %s that lost power is still in use by somebody: `losetup -j %s` names it"
                .formatted(folder, image));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
