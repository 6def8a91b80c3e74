package dev.labrys.raft.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The lock of a folder that is in use, as a file whose text is the process that has it.
///
/// The operating system lets go of the lock when the process ends, however it ends. The file stays:
/// if it were deleted, two could each have the lock of a file of that name.
final class FolderLock implements Closeable {
  private static final int MOST_DIGITS = 20;

  /// Locks are the process's, not a channel's: closing any other channel of the same file would
  /// give the lock away. So who has it already must not open the file once more.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;
  private final AtomicBoolean isHeld = new AtomicBoolean(true);

  private FolderLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  static FolderLock take(Path file) throws IOException, StorageException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Path key = folder.toRealPath().resolve(file.getFileName());
    if (!HELD_HERE.add(key)) {
      throw inUse(folder, "this process itself");
    }
    FolderLock lock = null;
    try {
      lock = takeFromOthers(key, folder);
      return lock;
    } finally {
      if (lock == null) {
        HELD_HERE.remove(key);
      }
    }
  }

  private static FolderLock takeFromOthers(Path key, Path folder)
      throws IOException, StorageException {
    FileChannel channel =
        FileChannel.open(
            key, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean isTaken = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder, holder(key));
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
      isTaken = true;
      return new FolderLock(key, channel);
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
  }

  private static String holder(Path file) throws IOException {
    String text = Files.readString(file).strip();
    return text.matches("\\d{1," + MOST_DIGITS + "}") ? "process " + text : "another process";
  }

  private static StorageException inUse(Path folder, String holder) {
    return new StorageException(
        "%s is in use by %s".formatted(folder, holder),
        "Stop that one, or give this server a folder of its own");
  }

  @Override
  public void close() throws IOException {
    if (isHeld.getAndSet(false)) {
      try {
        channel.close();
      } finally {
        HELD_HERE.remove(key);
      }
    }
  }
}
