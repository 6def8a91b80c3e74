package dev.labrys.raft.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A file system that has the troubles it is told to have, for testers: what the server makes of
/// them is the server's own doing.
final class TroubledFiles implements FileLayer {
  private static final String ASKED = " (as POST /admin/disk asked for)";

  private final FileLayer real;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasChanged = lock.newCondition();
  private volatile Trouble trouble = Trouble.NONE;

  TroubledFiles(FileLayer real) {
    this.real = real;
  }

  /// What is wrong.
  ///
  /// @param syncDelayNanos how much longer each force takes
  record Trouble(Kind kind, long syncDelayNanos) {
    static final Trouble NONE = new Trouble(Kind.SOUND, 0);
  }

  /// What may be wrong.
  enum Kind {
    SOUND,
    /// A force does not come back.
    STALLED,
    /// There is no space for what is written.
    FULL,
    /// Nothing can be written.
    READ_ONLY,
    /// A force fails.
    FAILING;

    /// Its name, as it is said over HTTP.
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Has this trouble from now on, and no other. Whoever waits for one that is over goes on.
  void have(Trouble other) {
    lock.lock();
    try {
      trouble = other;
      hasChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void beforeWrite() throws IOException {
    switch (trouble.kind()) {
      case FULL -> throw new IOException("No space left on device" + ASKED);
      case READ_ONLY -> throw new IOException("Read-only file system" + ASKED);
      case SOUND, STALLED, FAILING -> {}
    }
  }

  private void beforeForce() throws IOException {
    if (trouble.equals(Trouble.NONE)) {
      return;
    }
    long since = System.nanoTime();
    lock.lock();
    try {
      for (long left = left(since); left > 0; left = left(since)) {
        hasChanged.awaitNanos(left);
      }
      if (trouble.kind() == Kind.FAILING) {
        throw new IOException("Input/output error" + ASKED);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the disk was slow", stop);
    } finally {
      lock.unlock();
    }
  }

  /// How long a force that began at `since` still takes.
  private long left(long since) {
    return trouble.kind() == Kind.STALLED
        ? Long.MAX_VALUE
        : trouble.syncDelayNanos() - (System.nanoTime() - since);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    beforeWrite();
    real.createFolders(folder);
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    return real.names(folder);
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    beforeWrite();
    return new Troubled(real.create(file));
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new Troubled(real.open(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    beforeWrite();
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    if (trouble.kind() == Kind.READ_ONLY) {
      beforeWrite();
    }
    real.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    beforeForce();
    real.forceFolder(folder);
  }

  @Override
  public Closeable lock(Path file) throws IOException, StorageException {
    return real.lock(file);
  }

  private final class Troubled implements OpenFile {
    private final OpenFile file;

    Troubled(OpenFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      file.read(position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      beforeWrite();
      file.write(position, source, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException {
      if (trouble.kind() == Kind.READ_ONLY) {
        beforeWrite();
      }
      file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      beforeForce();
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
