package dev.labrys.raft.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file and its copy, which has those of its bytes that were forced.
final class Twin {
  private static final int CHUNK_BYTES = 1 << 16;

  private final FileLayer files;
  private final Supplier<Path> nameless;

  /// Where the copy is; null as long as there is none.
  private @Nullable Path place;

  /// Whether the copy was made of what another process left, so that nobody knows how the two
  /// differ.
  private boolean isInherited;

  /// Whether the file has no name any more.
  private boolean isGone;

  /// The bytes that have been written since they were last copied are all among these.
  private long from;

  private long to;

  private Twin(
      FileLayer files, Supplier<Path> nameless, @Nullable Path place, boolean isInherited) {
    this.files = files;
    this.nameless = nameless;
    this.place = place;
    this.isInherited = isInherited;
  }

  /// A file without a copy.
  ///
  /// @param nameless a place for a copy that has no name yet, another one each time
  static Twin alone(FileLayer files, Supplier<Path> nameless) {
    return new Twin(files, nameless, null, false);
  }

  /// A file whose copy, in `place`, is of another process.
  static Twin inherited(FileLayer files, Supplier<Path> nameless, Path place) {
    return new Twin(files, nameless, place, true);
  }

  /// These bytes are about to be changed.
  void change(long start, long end) {
    from = from == to ? start : Math.min(from, start);
    to = Math.max(to, end);
  }

  /// All bytes of the file have been forced.
  void force(FileLayer.OpenFile file) throws IOException {
    Path copy = place;
    if (isGone) {
      return;
    }
    if (copy == null || isInherited) {
      copyAll(file);
    } else if (from < to) {
      try (FileLayer.OpenFile twin = files.open(copy)) {
        copy(file, twin, from);
      }
    }
    from = 0;
    to = 0;
  }

  /// At no time is there half a copy under a name.
  private void copyAll(FileLayer.OpenFile file) throws IOException {
    Path named = place;
    Path fresh = nameless.get();
    to = file.size();
    try (FileLayer.OpenFile twin = files.create(fresh)) {
      copy(file, twin, 0);
    }
    if (named == null) {
      place = fresh;
    } else {
      files.rename(fresh, named);
    }
    isInherited = false;
  }

  private void copy(FileLayer.OpenFile file, FileLayer.OpenFile twin, long start)
      throws IOException {
    long size = file.size();
    if (twin.size() > size) {
      twin.truncate(size);
    }
    byte[] chunk = new byte[Math.clamp(Math.min(to, size) - start, 0, CHUNK_BYTES)];
    for (long at = start; at < Math.min(to, size); at += chunk.length) {
      int length = (int) Math.min(chunk.length, Math.min(to, size) - at);
      file.read(at, chunk, 0, length);
      twin.write(at, chunk, 0, length);
    }
  }

  /// That the file is called so has been forced.
  void call(Path name) throws IOException {
    Path copy = place;
    if (copy == null) {
      copy = nameless.get();
      files.create(copy).close();
    }
    if (!copy.equals(name)) {
      files.rename(copy, name);
    }
    place = name;
  }

  /// The file is being deleted, or another one takes its name.
  void leave() {
    isGone = true;
  }
}
