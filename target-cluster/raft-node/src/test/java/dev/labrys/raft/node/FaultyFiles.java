package dev.labrys.raft.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The file system of the machine, which fails or stalls when it is told to.
final class FaultyFiles implements FileLayer {
  private final FileLayer real = new FileLayerOnDisk();
  private final AtomicInteger forced = new AtomicInteger();
  private volatile String failure = "";
  private volatile CountDownLatch stall = new CountDownLatch(0);
  private final CountDownLatch stalled = new CountDownLatch(1);

  /// From now on, nothing can be written or forced, and `why`.
  void fail(String why) {
    failure = why;
  }

  void mend() {
    failure = "";
  }

  /// From now until [#resume], forcing does not come back.
  void stall() {
    stall = new CountDownLatch(1);
  }

  void resume() {
    stall.countDown();
  }

  /// Returns when somebody waits for a force.
  void awaitStalled() {
    await(stalled);
  }

  /// How often files have been forced.
  int forced() {
    return forced.get();
  }

  private void check() throws IOException {
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }

  private void force() throws IOException {
    check();
    forced.incrementAndGet();
    if (stall.getCount() > 0) {
      stalled.countDown();
      await(stall);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(Await.PATIENCE, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    real.createFolders(folder);
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    return real.names(folder);
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    check();
    return new Faulty(real.create(file));
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new Faulty(real.open(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    check();
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    real.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    check();
    real.forceFolder(folder);
  }

  @Override
  public Closeable lock(Path file) throws IOException, StorageException {
    return real.lock(file);
  }

  private final class Faulty implements OpenFile {
    private final OpenFile file;

    Faulty(OpenFile file) {
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
      check();
      file.write(position, source, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException {
      check();
      file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      FaultyFiles.this.force();
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
