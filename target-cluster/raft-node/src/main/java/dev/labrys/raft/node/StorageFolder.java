package dev.labrys.raft.node;

import dev.labrys.raft.RaftOptions.Fsync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The folder of one server, and the rules by which things in it are made to last.
record StorageFolder(Path path, FileLayer files, Fsync fsync) {
  private static final String TEMPORARY = ".tmp";

  /// Writes a new file.
  interface Content {
    void writeTo(FileLayer.OpenFile file) throws IOException;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  List<String> names() throws IOException {
    return files.names(path);
  }

  FileLayer.OpenFile create(String name) throws IOException {
    return files.create(file(name));
  }

  FileLayer.OpenFile open(String name) throws IOException {
    return files.open(file(name));
  }

  void delete(String name) throws IOException {
    files.delete(file(name));
  }

  void force(FileLayer.OpenFile file) throws IOException {
    if (isForcing()) {
      file.force();
    }
  }

  /// Makes what was created, renamed and deleted last.
  void force() throws IOException {
    if (isForcing()) {
      files.forceFolder(path);
    }
  }

  /// Whether anything can be relied on to survive the loss of power.
  boolean isForcing() {
    return fsync == Fsync.ALWAYS;
  }

  /// Puts a file into the place of the one called `name`. Whenever the power is lost, one of the
  /// two is there as a whole; when this is done, the new one.
  void replace(String name, Content content) throws IOException {
    String temporary = name + TEMPORARY;
    try (FileLayer.OpenFile file = create(temporary)) {
      content.writeTo(file);
      force(file);
    }
    files.rename(file(temporary), file(name));
    force();
  }

  /// Removes what an interrupted [#replace] left behind.
  void removeTemporary(String name) throws IOException {
    if (names().contains(name + TEMPORARY)) {
      delete(name + TEMPORARY);
      force();
    }
  }
}
