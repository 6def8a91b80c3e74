package dev.labrys.experiment;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What nodes had on disk.
final class NodeData {
  private NodeData() {}

  /// Removes the folders of all nodes, and leaves their logs.
  static void delete(Path nodes) throws IOException {
    if (!Files.isDirectory(nodes)) {
      return;
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(nodes)) {
      folders = all.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
