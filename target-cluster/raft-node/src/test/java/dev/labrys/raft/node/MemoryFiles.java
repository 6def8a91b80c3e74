package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A file system in memory that fails as real ones do.
///
/// It knows what was forced and what was not. A loss of power takes away some of the latter: of the
/// bytes, in pieces; of the names, one by one.
final class MemoryFiles implements FileLayer {

  /// What stays of a file if the power is lost, and what is in it.
  private final Map<Path, MemoryFile> forcedNames = new TreeMap<>();

  private final Map<Path, MemoryFile> names = new TreeMap<>();

  /// What has happened to names and was not forced.
  private final List<Renaming> unforced = new ArrayList<>();

  private final RandomGenerator random;
  private boolean isLocked;

  /// Grows with each start, so that nobody uses what was opened before.
  private int life;

  private long operations;
  private long forces;
  private long crashAt = Long.MAX_VALUE;
  private long failForceAt = Long.MAX_VALUE;
  private long capacity = Long.MAX_VALUE;
  private Neglect neglect = Neglect.NOTHING;

  /// A change to names.
  ///
  /// @param removed the names that are no more
  private record Renaming(List<Path> removed, Map<Path, MemoryFile> added) {
    void applyTo(Map<Path, MemoryFile> names) {
      removed.forEach(names::remove);
      names.putAll(added);
    }
  }

  /// What a bad disk does not do, though it says so.
  enum Neglect {
    NOTHING,
    FORCED_FILES,
    FORCED_FOLDERS
  }

  /// @param random decides what a loss of power leaves
  MemoryFiles(RandomGenerator random) {
    this.random = random;
  }

  /// How many things have been done that change something.
  long operations() {
    return operations;
  }

  /// How often something has been forced.
  long forces() {
    return forces;
  }

  /// Lets the process end when it has done so much more.
  void crashAfter(long moreOperations) {
    crashAt = operations + moreOperations;
  }

  /// Lets an attempt to force something fail, after so many that don't.
  void failForceAfter(long moreForces) {
    failForceAt = forces + moreForces;
  }

  /// Lets the disk have room for that many bytes.
  void limitTo(long bytes) {
    capacity = bytes;
  }

  /// Whether the process ended where it was told to.
  boolean isCrashed() {
    return operations >= crashAt;
  }

  void neglect(Neglect newNeglect) {
    neglect = newNeglect;
  }

  long used() {
    return names.values().stream().mapToLong(MemoryFile::size).sum();
  }

  /// The process ends, and another one is to come. What was handed over is there.
  void kill() {
    life++;
    isLocked = false;
    crashAt = Long.MAX_VALUE;
    failForceAt = Long.MAX_VALUE;
    capacity = Long.MAX_VALUE;
  }

  /// All processes end, and with them what was not forced – or not all of it.
  void losePower() {
    kill();
    int manner = random.nextInt(4);
    for (Renaming renaming : unforced) {
      if (manner == 0 || (manner > 1 && random.nextBoolean())) {
        renaming.applyTo(forcedNames);
      }
    }
    unforced.clear();
    names.clear();
    names.putAll(forcedNames);
    names.values().forEach(file -> file.losePower(random));
  }

  /// A copy of what is there, as if it had been forced.
  Map<Path, byte[]> contents() {
    Map<Path, byte[]> contents = new TreeMap<>();
    names.forEach((path, file) -> contents.put(path, file.contents()));
    return contents;
  }

  /// What of a folder the loss of power can't take, by name.
  Map<String, Bytes> forced(Path folder) {
    Map<String, Bytes> forced = new TreeMap<>();
    forcedNames.forEach((path, file) -> {
      if (folder.equals(path.getParent())) {
        forced.put(path.getFileName().toString(), file.forced());
      }
    });
    return forced;
  }

  /// A file system that has these files.
  static MemoryFiles of(Map<Path, byte[]> contents, RandomGenerator random) {
    MemoryFiles files = new MemoryFiles(random);
    contents.forEach((path, bytes) -> files.names.put(path, new MemoryFile(bytes)));
    files.forcedNames.putAll(files.names);
    return files;
  }

  @Override
  public void createFolders(Path folder) {}

  @Override
  public List<String> names(Path folder) {
    return names.keySet().stream()
        .filter(path -> folder.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .sorted()
        .toList();
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    operate();
    if (names.containsKey(file)) {
      throw new IOException(file + " exists");
    }
    MemoryFile created = new MemoryFile(new byte[0]);
    rename(new Renaming(List.of(), Map.of(file, created)));
    return new Handle(created, life);
  }

  private void rename(Renaming renaming) {
    renaming.applyTo(names);
    unforced.add(renaming);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new Handle(existing(file), life);
  }

  private MemoryFile existing(Path path) throws IOException {
    MemoryFile file = names.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    operate();
    rename(new Renaming(List.of(from), Map.of(to, existing(from))));
  }

  @Override
  public void delete(Path file) throws IOException {
    operate();
    existing(file);
    rename(new Renaming(List.of(file), Map.of()));
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    operate();
    force();
    if (neglect != Neglect.FORCED_FOLDERS) {
      unforced.forEach(renaming -> renaming.applyTo(forcedNames));
      unforced.clear();
    }
  }

  private void force() throws IOException {
    if (forces++ == failForceAt) {
      // As an operating system does that drops what it could not write: it succeeds from now on.
      neglect = Neglect.FORCED_FILES;
      throw new IOException("Input/output error");
    }
  }

  @Override
  public Closeable lock(Path file) throws StorageException {
    if (isLocked) {
      throw new StorageException("in use", "Don't");
    }
    isLocked = true;
    int holder = life;
    return () -> isLocked = isLocked && holder != life;
  }

  private void operate() throws IOException {
    if (isCrashed()) {
      throw new IOException("the process ended");
    }
    operations++;
  }

  private final class Handle implements OpenFile {
    private final MemoryFile file;
    private final int opened;
    private boolean isClosed;

    Handle(MemoryFile file, int opened) {
      this.file = file;
      this.opened = opened;
    }

    private void use() {
      if (isClosed || opened != life) {
        throw new IllegalStateException("the file is not open any more");
      }
    }

    @Override
    public long size() {
      use();
      return file.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      use();
      if (position + length > file.size()) {
        throw new EOFException();
      }
      file.read((int) position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      use();
      if (isCrashed()) {
        file.write((int) position, source, offset, random.nextInt(length + 1));
      }
      operate();
      long room = capacity - used();
      int fitting = (int) Math.min(length, Math.max(0, file.size() - position + room));
      file.write((int) position, source, offset, fitting);
      if (fitting < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      use();
      operate();
      file.truncate((int) size);
    }

    @Override
    public void force() throws IOException {
      use();
      operate();
      MemoryFiles.this.force();
      if (neglect != Neglect.FORCED_FILES) {
        file.force();
      }
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
