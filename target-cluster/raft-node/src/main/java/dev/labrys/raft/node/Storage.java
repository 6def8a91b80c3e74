package dev.labrys.raft.node;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import dev.labrys.raft.node.SegmentRecord.Seam;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The disk of a server: everything that it must not forget.
///
/// A folder with four kinds of files: `identity`, whose it is; `state`, the term and the vote;
/// `snapshot`; and `log-0000000001` and so on, the segments of the log. Writes take effect in their
/// order. Whatever happens, what is found afterwards is what was there after one of them, no
/// earlier one than the last before the latest [#sync] that came back. Only the term and vote of a
/// write may be there without its entries.
///
/// The first error of the disk is the last: whether what was written before is there, nobody can
/// say then, and forcing once more would tell lies (the operating system may have dropped what it
/// could not write). So nothing is accepted any more. What is on the disk is found by opening it
/// again.
///
/// For one thread. Who interrupts that closes files, and ends up with such an error.
final class Storage implements AutoCloseable {
  private static final String LOCK = "lock";

  private final StorageFolder folder;
  private final Closeable lock;
  private final SegmentedLog log;
  private final List<String> repairs;
  private HardState state;
  private LogPosition snapshot;

  /// Null as soon as something was written, to be forgotten.
  private @Nullable Stored stored;

  /// Null as long as all went well.
  private @Nullable Throwable failure;

  private boolean isClosed;

  /// A change to files.
  private interface Change {
    void make() throws IOException;
  }

  private Storage(StorageFolder folder, Closeable lock, StorageOpening.Opened opened) {
    this.folder = folder;
    this.lock = lock;
    this.log = opened.log();
    this.repairs = opened.repairs();
    this.stored = opened.stored();
    this.state = opened.stored().state();
    this.snapshot = opened.stored().snapshot().last();
  }

  /// Opens the folder of a server, or makes it. The end of a log that a loss of power left
  /// incomplete is cut, as nobody was told of it.
  ///
  /// @param initial the cluster that a new server starts in; an old one knows better
  /// @throws StorageException if it is damaged, or another server's, or in use
  static Storage open(
      Path folder, Identity identity, Configuration initial, Fsync fsync, FileLayer files)
      throws IOException, StorageException {
    return open(new StorageFolder(folder, files, fsync), identity, initial, StorageLimits.DEFAULTS);
  }

  static Storage open(
      StorageFolder folder, Identity identity, Configuration initial, StorageLimits limits)
      throws IOException, StorageException {
    Closeable lock = lock(folder);
    boolean isOpen = false;
    try {
      Storage storage =
          new Storage(folder, lock, new StorageOpening(folder, limits, identity).open(initial));
      isOpen = true;
      return storage;
    } finally {
      if (!isOpen) {
        lock.close();
      }
    }
  }

  private static Closeable lock(StorageFolder folder) throws IOException, StorageException {
    try {
      folder.files().createFolders(folder.path());
      return folder.files().lock(folder.file(LOCK));
    } catch (FileSystemException unusable) {
      throw new StorageException(
          "%s can't be used as a folder: %s".formatted(folder.path(), unusable),
          "Give this server a folder that it may write to");
    }
  }

  /// What was found when it was opened. To be asked for before anything is written.
  Stored stored() {
    if (stored == null) {
      throw new IllegalStateException("what was found has been written over");
    }
    return stored;
  }

  /// What had to be mended when it was opened, in words.
  List<String> repairs() {
    return repairs;
  }

  /// Writes terms, votes and entries, which are not stored before the next [#sync].
  void write(Effect.Persist write) throws IOException {
    refuseIfEnded();
    List<Entry> entries = write.entries();
    HardState newState = write.state();
    checkTerm(entries.isEmpty() ? LogPosition.ZERO : entries.getLast().position(), newState);
    if (!entries.isEmpty()) {
      log.check(entries);
    }
    perform(() -> {
      if (!newState.equals(state)) {
        // What was written before must not come after it.
        log.force();
        StateFile.replace(folder, newState);
        state = newState;
      }
      if (!entries.isEmpty()) {
        log.append(entries);
      }
    });
  }

  /// Writes a snapshot in place of the stored one, and removes what it replaces of the log: all
  /// that comes before its end, and the rest as well if the entry it ends with is not there (Figure
  /// 13).
  void write(Effect.SaveSnapshot write) throws IOException {
    refuseIfEnded();
    Snapshot newer = write.snapshot();
    checkTerm(newer.last(), state);
    if (newer.last().index() < snapshot.index()) {
      throw new IllegalArgumentException(
          "a snapshot up to %s can't replace one up to %s".formatted(newer.last(), snapshot));
    }
    perform(() -> {
      log.force();
      Seam seam = log.has(newer.last()) ? Seam.CONTINUED : Seam.STARTED_ANEW;
      SnapshotFile.replace(folder, new SnapshotFile.Saved(newer, seam));
      log.compact(newer.last());
      snapshot = newer.last();
    });
  }

  private static void checkTerm(LogPosition written, HardState state) {
    if (written.term() > state.term()) {
      throw new IllegalArgumentException(
          "%s is of a later term than the server, which is in %d".formatted(written, state.term()));
    }
  }

  /// Makes all that was written so far survive the loss of power.
  void sync() throws IOException {
    refuseIfEnded();
    perform(log::force);
  }

  private void refuseIfEnded() throws IOException {
    if (failure != null) {
      throw new IOException(
          "%s failed before, and nothing is stored any more: %s".formatted(folder.path(), failure),
          failure);
    }
    if (isClosed) {
      throw new IllegalStateException(folder.path() + " has been closed");
    }
  }

  private void perform(Change change) throws IOException {
    try {
      change.make();
    } catch (IOException problem) {
      failure = problem;
      throw new IOException(
          "%s failed, and nothing is stored any more: %s".formatted(folder.path(), problem),
          problem);
    } catch (RuntimeException | Error problem) {
      failure = problem;
      throw problem;
    } finally {
      stored = null;
    }
  }

  /// Stores what was written, unless the disk failed, and lets others have the folder.
  @Override
  public void close() throws IOException {
    try (lock;
        log) {
      if (failure == null && !isClosed) {
        perform(log::stop);
      }
    } finally {
      isClosed = true;
    }
  }
}
