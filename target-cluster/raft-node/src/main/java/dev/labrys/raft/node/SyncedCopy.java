package dev.labrys.raft.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A file system that keeps a copy of one folder as a loss of power would leave it: with what was
/// forced, and nothing else. For testers.
///
/// Who kills a process loses nothing, since the operating system has what was written. Who kills it
/// and then puts the copy in the place of the folder loses exactly what was not forced. The copy is
/// handed to the operating system and not forced itself, as it need only outlive the process.
///
/// What a former process wrote and did not force is no more forced than it was. So the copy of a
/// file that was there before stays as it is until the file is forced.
final class SyncedCopy implements FileLayer {
  private static final String NAMELESS = ".nameless-";

  private final FileLayer real;
  private final Path folder;
  private final Path copy;
  private final Map<Path, Twin> twins = new HashMap<>();

  /// What has happened to names since the folder was last forced, in this order.
  private final List<Renaming> unforced = new ArrayList<>();

  private long nameless;

  /// What becomes of a name in the copy, once that is forced.
  private interface Renaming {
    void make() throws IOException;
  }

  /// @param folder with files only
  /// @param copy where its copy is kept
  SyncedCopy(FileLayer real, Path folder, Path copy) {
    this.real = real;
    this.folder = folder;
    this.copy = copy;
  }

  @Override
  public void createFolders(Path made) throws IOException {
    real.createFolders(made);
  }

  @Override
  public List<String> names(Path listed) throws IOException {
    return real.names(listed);
  }

  /// Whoever has the folder to himself may change its copy.
  @Override
  public Closeable lock(Path file) throws IOException, StorageException {
    Closeable lock = real.lock(file);
    try {
      begin();
      return lock;
    } catch (IOException unusable) {
      lock.close();
      throw unusable;
    }
  }

  /// Goes on with the copy that a former process has left, or that was put in the folder's place.
  private void begin() throws IOException {
    real.createFolders(copy);
    deleteNameless(folder);
    deleteNameless(copy);
    List<String> there = real.names(folder);
    for (String name : real.names(copy)) {
      if (!there.contains(name)) {
        unforced.add(() -> real.delete(copy.resolve(name)));
      }
    }
  }

  private void deleteNameless(Path cleaned) throws IOException {
    for (String name : real.names(cleaned)) {
      if (name.startsWith(NAMELESS)) {
        real.delete(cleaned.resolve(name));
      }
    }
  }

  private Path nameless() {
    return copy.resolve(NAMELESS + ++nameless);
  }

  private Path inCopy(Path file) {
    return copy.resolve(file.getFileName());
  }

  private Twin added(Path file) {
    Twin twin = Twin.alone(real, this::nameless);
    twins.put(file, twin);
    unforced.add(() -> twin.call(inCopy(file)));
    return twin;
  }

  private Twin twin(Path file) throws IOException {
    Twin known = twins.get(file);
    if (known != null) {
      return known;
    }
    Path place = inCopy(file);
    if (!real.names(copy).contains(place.getFileName().toString())) {
      return added(file);
    }
    Twin inherited = Twin.inherited(real, this::nameless, place);
    twins.put(file, inherited);
    return inherited;
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    OpenFile created = real.create(file);
    return new Twinned(created, added(file));
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    OpenFile opened = real.open(file);
    return new Twinned(opened, twin(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Twin moved = twin(from);
    real.rename(from, to);
    twins.remove(from);
    Twin replaced = twins.put(to, moved);
    if (replaced != null) {
      replaced.leave();
    }
    unforced.add(() -> moved.call(inCopy(to)));
  }

  @Override
  public void delete(Path file) throws IOException {
    Twin deleted = twin(file);
    real.delete(file);
    twins.remove(file);
    deleted.leave();
    unforced.add(() -> real.delete(inCopy(file)));
  }

  @Override
  public void forceFolder(Path forced) throws IOException {
    real.forceFolder(forced);
    if (forced.equals(folder)) {
      for (Renaming each : unforced) {
        each.make();
      }
      unforced.clear();
    }
  }

  private record Twinned(OpenFile file, Twin twin) implements OpenFile {
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
      twin.change(position, position + length);
      file.write(position, source, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException {
      twin.change(size, file.size());
      file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      file.force();
      twin.force(file);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
